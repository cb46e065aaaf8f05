from django.urls import path

from members.api import figures, kinds, views

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
    path("savings/deposits/", views.Deposits.as_view(), name="api-savings-deposits"),
    path("savings/withdrawals/", views.Withdrawals.as_view(), name="api-savings-withdrawals"),
    path("savings/corrections/", views.Corrections.as_view(), name="api-savings-corrections"),
]
