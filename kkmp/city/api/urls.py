from django.urls import path

from kkmp.access.web import public
from kkmp.city.api import views

urlpatterns = [
    path("city/progress/", public(views.Progress.as_view()), name="api-city-progress"),
    path("city/figures/", views.Figures.as_view(), name="api-city-figures"),
]
