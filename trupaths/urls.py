from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path

from . import metrics, views
from .sitemaps import SITEMAPS

urlpatterns = [
    path("", views.home, name="home"),
    # therapies/, conditions/
    path("", include("therapies.urls")),
    # providers/, suggest/, corrections/, confirm/
    path("", include("providers.urls")),
    path("assistant/", include("assistant.urls")),
    # saved/, recommendations/, your-data/, how-we-suggest/
    path("", include("recommendations.urls")),
    *(path(f"{name.replace('_', '-')}/", views.words(name), name=name) for name in views.WORDS),
    path(settings.ADMIN_PATH, admin.site.urls),
    path("media/<path:path>", views.media, name="media"),
    path("favicon.ico", views.favicon, name="favicon"),
    path(
        "sitemap.xml",
        sitemap_views.index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_section"},
        name="sitemap",
    ),
    path(
        "sitemap-<section>.xml",
        sitemap_views.sitemap,
        {"sitemaps": SITEMAPS},
        name="sitemap_section",
    ),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/gpc.json", views.gpc, name="gpc"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", metrics.page, name="metrics"),
]

handler400 = "trupaths.views.bad_request"
handler403 = "trupaths.views.permission_denied"
handler404 = "trupaths.views.not_found"
handler500 = "trupaths.views.server_error"
