"""Addresses of the API of :mod:`members.papers`."""

from django.urls import path

from members.papers import api

urlpatterns = [
    path("members/<uuid:member_id>/card/", api.Card.as_view(), name="api-card"),
    path("members/<uuid:member_id>/card.pdf", api.CardPdf.as_view(), name="api-card-pdf"),
    path("members/<uuid:member_id>/card.png", api.CardImage.as_view(), name="api-card-image"),
    path("members/<uuid:member_id>/passbook/", api.Passbook.as_view(), name="api-passbook"),
    path("members/<uuid:member_id>/links/", api.Links.as_view(), name="api-links"),
    path(
        "member-links/<uuid:link_id>/revoke/",
        api.LinkRevocation.as_view(),
        name="api-link-revoke",
    ),
]
