"""Addresses of the pages of :mod:`members.papers`."""

from django.urls import path

from members.papers.views import cards, links, passbooks

urlpatterns = [
    path("kartu/", cards.choose, name="cards"),
    path("kartu/lembar.pdf", cards.sheets, name="card_sheets"),
    path("<uuid:member_id>/kartu.pdf", cards.pdf, name="card_pdf"),
    path("<uuid:member_id>/kartu.png", cards.image, name="card_image"),
    path("<uuid:member_id>/buku/", passbooks.passbook, name="passbook"),
    path("<uuid:member_id>/buku.pdf", passbooks.pdf, name="passbook_pdf"),
    path("<uuid:member_id>/tautan/", links.issue, name="link_issue"),
    path("tautan/<uuid:link_id>/", links.link, name="link"),
    path("tautan/<uuid:link_id>/cabut/", links.revoke, name="link_revoke"),
]
