from django.urls import path

from . import previews, views

app_name = "therapies"
urlpatterns = [
    path("therapies/", views.therapy_list, name="list"),
    path("therapies/compare/", views.therapy_compare, name="compare"),
    path("therapies/preview/<str:token>/", previews.preview, name="preview"),
    path("therapies/<slug:slug>/", views.therapy_detail, name="detail"),
    path("conditions/", views.condition_list, name="condition_list"),
    path("conditions/<slug:slug>/", views.condition_detail, name="condition_detail"),
]
