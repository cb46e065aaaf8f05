from django.urls import path

from members.api import cards, figures, joining, kinds, views

urlpatterns = [
    path("members/", views.Members.as_view(), name="api-members"),
    path("members/figures/", figures.Figures.as_view(), name="api-members-figures"),
    path("members/views/", figures.Views.as_view(), name="api-members-views"),
    path("members/views/<uuid:view_id>/", figures.ViewDetail.as_view(), name="api-members-view"),
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
    path("savings/", views.Savings.as_view(), name="api-savings"),
    path("savings/kinds/", kinds.Kinds.as_view(), name="api-savings-kinds"),
    path("savings/kinds/<uuid:kind_id>/", kinds.Kind.as_view(), name="api-savings-kind"),
    path("savings/returns/", kinds.Returns.as_view(), name="api-savings-returns"),
    path(
        "savings/returns/<int:year>-<int:month>/",
        kinds.ReturnOfMonth.as_view(),
        name="api-savings-return-month",
    ),
    path(
        "savings/returns/<uuid:run_id>/lines/",
        kinds.ReturnLines.as_view(),
        name="api-savings-return-lines",
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
    path("savings/deposits/", views.Deposits.as_view(), name="api-savings-deposits"),
    path("savings/withdrawals/", views.Withdrawals.as_view(), name="api-savings-withdrawals"),
    path("savings/corrections/", views.Corrections.as_view(), name="api-savings-corrections"),
    path("members/funnel/", joining.Funnel.as_view(), name="api-members-funnel"),
    path(
        "members/<uuid:member_id>/contacts/",
        joining.Contacts.as_view(),
        name="api-member-contacts",
    ),
    path(
        "members/<uuid:member_id>/consents/",
        joining.Consents.as_view(),
        name="api-member-consents",
    ),
    path("applications/", joining.Applications.as_view(), name="api-applications"),
    path(
        "applications/<uuid:application_id>/",
        joining.ApplicationDetail.as_view(),
        name="api-application",
    ),
    path(
        "applications/<uuid:application_id>/accept/",
        joining.Accept.as_view(),
        name="api-application-accept",
    ),
    path(
        "applications/<uuid:application_id>/decline/",
        joining.Decline.as_view(),
        name="api-application-decline",
    ),
]
