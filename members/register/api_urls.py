"""Addresses of the API of :mod:`members.register`."""

from django.urls import path

from members.register import api

urlpatterns = [
    path("members/", api.Members.as_view(), name="api-members"),
    path("members/by-nik/", api.MemberByNik.as_view(), name="api-member-by-nik"),
    path("members/<uuid:member_id>/", api.MemberDetail.as_view(), name="api-member"),
]
