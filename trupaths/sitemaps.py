"""What search engines are shown: published pages, and listings of real places."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from providers.index import index
from providers.models import Provider
from therapies.library import library

from .views import WORDS


class PageSitemap(Sitemap):
    def items(self):
        return [
            "home",
            "therapies:list",
            "therapies:condition_list",
            # A list of examples is not for search engines.
            *([] if index.demonstration else ["providers:list"]),
            "recommendations:how",
            "providers:suggest",
            *WORDS,
        ]

    def location(self, item):
        return reverse(item)


class TherapySitemap(Sitemap):
    def items(self):
        return library().therapies

    def lastmod(self, therapy):
        return therapy.updated_at


class ConditionSitemap(Sitemap):
    def items(self):
        return library().conditions

    def location(self, condition):
        return reverse("therapies:condition_detail", args=[condition.slug])


class ProviderSitemap(Sitemap):
    limit = 10_000

    def items(self):
        return Provider.objects.published().filter(demonstration=False).order_by("pk")

    def lastmod(self, provider):
        return provider.updated_at


SITEMAPS = {
    "pages": PageSitemap,
    "therapies": TherapySitemap,
    "conditions": ConditionSitemap,
    "providers": ProviderSitemap,
}
