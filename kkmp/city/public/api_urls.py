from django.urls import path

from kkmp.access.web import public
from kkmp.city.public import api

urlpatterns = [
    path("city/progress/", public(api.Progress.as_view()), name="api-city-progress"),
]
