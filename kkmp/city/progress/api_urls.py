from django.urls import path

from kkmp.city.progress import api

urlpatterns = [
    path("city/figures/", api.Figures.as_view(), name="api-city-figures"),
]
