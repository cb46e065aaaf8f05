"""Addresses of the pages of :mod:`members.joining`."""

from django.urls import path

from members.joining.views import applications, funnel

urlpatterns = [
    path("pendaftaran/", applications.waiting, name="applications"),
    path("pendaftaran/poster.pdf", applications.printed, name="poster"),
    path("pendaftaran/<uuid:application_id>/", applications.verify, name="application"),
    path(
        "pendaftaran/<uuid:application_id>/tolak/",
        applications.decline,
        name="application_decline",
    ),
    path(
        "pendaftaran/<uuid:application_id>/nik/",
        applications.reveal_nik,
        name="application_nik",
    ),
    path("calon/", funnel.funnel, name="funnel"),
    path("<uuid:member_id>/kontak/", funnel.contact, name="contact"),
    path("<uuid:member_id>/persetujuan/", funnel.consent, name="consent"),
]
