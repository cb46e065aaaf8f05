"""Addresses of the API of :mod:`members.bodies`."""

from django.urls import path

from members.bodies import api

urlpatterns = [
    path("officers/", api.Officers.as_view(), name="api-officers"),
    path("officers/warnings/", api.OfficerWarnings.as_view(), name="api-officers-warnings"),
    path("officers/<uuid:officer_id>/", api.OfficerDetail.as_view(), name="api-officer"),
    path("officers/<uuid:officer_id>/end/", api.OfficerEnd.as_view(), name="api-officer-end"),
    path(
        "officers/<uuid:officer_id>/terms/",
        api.OfficerTerm.as_view(),
        name="api-officer-term",
    ),
]
