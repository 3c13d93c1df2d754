from django.urls import path

from . import views

app_name = "providers"
urlpatterns = [
    path("providers/", views.provider_list, name="list"),
    path("providers/suggestions/", views.provider_suggestions, name="suggestions"),
    path("providers/filters/<slug:param>/", views.provider_meanings, name="meanings"),
    path("providers/<slug:slug>/", views.provider_detail, name="detail"),
    path("providers/<slug:slug>/report/", views.report, name="report"),
    path("suggest/", views.suggest, name="suggest"),
    path("corrections/", views.correction_list, name="correction_list"),
    path("corrections/<str:code>/", views.correction, name="correction"),
    path("confirm/<str:token>/", views.confirm, name="confirm"),
]
