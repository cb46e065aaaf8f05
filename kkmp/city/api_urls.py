from django.urls import path

from kkmp.access.web import public
from kkmp.city.progress import api
from kkmp.city.public import api as public_api

urlpatterns = [
    path("city/progress/", public(public_api.Progress.as_view()), name="api-city-progress"),
    path("city/figures/", api.Figures.as_view(), name="api-city-figures"),
]
