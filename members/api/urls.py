from django.urls import path

from members.api import cards, views

urlpatterns = [
    path("members/", views.Members.as_view(), name="api-members"),
    path("members/<uuid:member_id>/", views.MemberDetail.as_view(), name="api-member"),
    path(
        "members/<uuid:member_id>/savings/",
        views.MemberSavings.as_view(),
        name="api-member-savings",
    ),
    path(
        "members/<uuid:member_id>/balances/",
        views.MemberHoldings.as_view(),
        name="api-member-balances",
    ),
    path("members/<uuid:member_id>/card/", cards.Card.as_view(), name="api-card"),
    path("members/<uuid:member_id>/card.pdf", cards.CardPdf.as_view(), name="api-card-pdf"),
    path("members/<uuid:member_id>/card.png", cards.CardImage.as_view(), name="api-card-image"),
    path("members/<uuid:member_id>/passbook/", cards.Passbook.as_view(), name="api-passbook"),
    path("members/<uuid:member_id>/links/", cards.Links.as_view(), name="api-links"),
    path(
        "member-links/<uuid:link_id>/revoke/",
        cards.LinkRevocation.as_view(),
        name="api-link-revoke",
    ),
    path("savings/kinds/", views.Kinds.as_view(), name="api-savings-kinds"),
    path("savings/deposits/", views.Deposits.as_view(), name="api-savings-deposits"),
    path("savings/withdrawals/", views.Withdrawals.as_view(), name="api-savings-withdrawals"),
    path("savings/corrections/", views.Corrections.as_view(), name="api-savings-corrections"),
]
