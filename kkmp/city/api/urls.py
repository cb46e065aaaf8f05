from django.urls import path

from kkmp.access.web import public
from kkmp.city.api import views
from kkmp.city.progress import api

urlpatterns = [
    path("city/progress/", public(views.Progress.as_view()), name="api-city-progress"),
    path("city/figures/", api.Figures.as_view(), name="api-city-figures"),
]
