"""Addresses of the API of :mod:`members.figures`."""

from django.urls import path

from members.figures import api

urlpatterns = [
    path("members/figures/", api.Figures.as_view(), name="api-members-figures"),
]
