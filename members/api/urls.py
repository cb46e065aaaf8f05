from django.urls import path

from members.api import figures, views

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
    path("savings/kinds/", views.Kinds.as_view(), name="api-savings-kinds"),
    path("savings/deposits/", views.Deposits.as_view(), name="api-savings-deposits"),
    path("savings/withdrawals/", views.Withdrawals.as_view(), name="api-savings-withdrawals"),
    path("savings/corrections/", views.Corrections.as_view(), name="api-savings-corrections"),
]
