from django.urls import path

from . import views

app_name = "assistant"
urlpatterns = [path("", views.page, name="page"), path("vote/", views.vote, name="vote")]
