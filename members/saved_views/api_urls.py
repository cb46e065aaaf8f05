"""Addresses of the API of :mod:`members.saved_views`."""

from django.urls import path

from members.saved_views import api

urlpatterns = [
    path("members/views/", api.Views.as_view(), name="api-members-views"),
    path(
        "members/views/<uuid:view_id>/",
        api.ViewDetail.as_view(),
        name="api-members-view",
    ),
]
