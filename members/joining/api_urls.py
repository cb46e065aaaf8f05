"""Addresses of the API of :mod:`members.joining`."""

from django.urls import path

from members.joining import api

urlpatterns = [
    path("members/funnel/", api.Funnel.as_view(), name="api-members-funnel"),
    path(
        "members/<uuid:member_id>/contacts/",
        api.Contacts.as_view(),
        name="api-member-contacts",
    ),
    path(
        "members/<uuid:member_id>/consents/",
        api.Consents.as_view(),
        name="api-member-consents",
    ),
    path("applications/", api.Applications.as_view(), name="api-applications"),
    path(
        "applications/<uuid:application_id>/",
        api.ApplicationDetail.as_view(),
        name="api-application",
    ),
    path(
        "applications/<uuid:application_id>/accept/",
        api.Accept.as_view(),
        name="api-application-accept",
    ),
    path(
        "applications/<uuid:application_id>/decline/",
        api.Decline.as_view(),
        name="api-application-decline",
    ),
]
