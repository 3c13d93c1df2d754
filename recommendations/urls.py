from django.urls import path

from . import views, your_data

app_name = "recommendations"
urlpatterns = [
    path("saved/", views.saved, name="saved"),
    path("saved/call-sheet/", views.call_sheet, name="call_sheet"),
    path("shared/<str:token>/", views.shared, name="shared"),
    path("recommendations/", views.recommendation_list, name="list"),
    path("recommendations/choice/", views.choice, name="choice"),
    path("your-data/", your_data.your_data, name="your_data"),
    path("your-data/download/", your_data.download, name="download"),
    path("how-we-suggest/", views.how, name="how"),
    path("how-we-suggest.json", views.how_json, name="how_json"),
]
