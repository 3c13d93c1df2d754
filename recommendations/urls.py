from django.urls import path

from . import views

app_name = "recommendations"
urlpatterns = [
    path("saved/", views.saved, name="saved"),
    path("recommendations/", views.recommendation_list, name="list"),
    path("recommendations/choice/", views.choice, name="choice"),
    path("your-data/", views.your_data, name="your_data"),
    path("how-we-suggest/", views.how, name="how"),
]
