"""Addresses of the API of :mod:`members.pins`."""

from django.urls import path

from members.pins import api

urlpatterns = [path("members/<uuid:member_id>/pin/", api.Pin.as_view(), name="api-member-pin")]
