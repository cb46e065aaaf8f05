"""Addresses of the pages of :mod:`members.leaving`."""

from django.urls import path

from members.leaving.views import exits, kept, papers

urlpatterns = [
    path("keluar/", exits.listed, name="exits"),
    path("<uuid:member_id>/keluar/", exits.ask, name="exit_ask"),
    path("<uuid:member_id>/terima-kembali/", exits.readmit, name="readmit"),
    path("keluar/titipan/", kept.listed, name="kept"),
    path("keluar/titipan/<uuid:kept_id>/bayar/", kept.pay, name="kept_pay"),
    path("keluar/titipan/<uuid:kept_id>/batal-bayar/", kept.unpay, name="kept_unpay"),
    path("keluar/<uuid:exit_id>/", exits.detail, name="exit"),
    path("keluar/<uuid:exit_id>/cabut/", exits.take_back, name="exit_take_back"),
    path("keluar/<uuid:exit_id>/ahli-waris/", exits.heir, name="exit_heir"),
    path("keluar/<uuid:exit_id>/putusan/", exits.decide, name="exit_decide"),
    path("keluar/<uuid:exit_id>/bayar/", exits.pay, name="exit_pay"),
    path("keluar/<uuid:exit_id>/batal-bayar/", exits.unpay, name="exit_unpay"),
    path("keluar/<uuid:exit_id>/kuitansi/", papers.receipt, name="exit_receipt"),
    path("keluar/<uuid:exit_id>/surat.pdf", papers.certificate, name="exit_certificate"),
]
