"""Addresses of the API of :mod:`members.savings`."""

from django.urls import path

from members.savings.api import entries, kinds

urlpatterns = [
    path(
        "members/<uuid:member_id>/savings/",
        entries.MemberSavings.as_view(),
        name="api-member-savings",
    ),
    path(
        "members/<uuid:member_id>/balances/",
        entries.MemberHoldings.as_view(),
        name="api-member-balances",
    ),
    path("savings/", entries.Savings.as_view(), name="api-savings"),
    path("savings/kinds/", kinds.Kinds.as_view(), name="api-savings-kinds"),
    path("savings/kinds/<uuid:kind_id>/", kinds.Kind.as_view(), name="api-savings-kind"),
    path("savings/returns/", kinds.Returns.as_view(), name="api-savings-returns"),
    path(
        "savings/returns/<year:year>-<month:month>/",
        kinds.ReturnOfMonth.as_view(),
        name="api-savings-return-month",
    ),
    path(
        "savings/returns/<uuid:run_id>/lines/",
        kinds.ReturnLines.as_view(),
        name="api-savings-return-lines",
    ),
    path("savings/deposits/", entries.Deposits.as_view(), name="api-savings-deposits"),
    path("savings/withdrawals/", entries.Withdrawals.as_view(), name="api-savings-withdrawals"),
    path("savings/corrections/", entries.Corrections.as_view(), name="api-savings-corrections"),
]
