from django.urls import path

from members.api import joining, views

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
    path("savings/kinds/", views.Kinds.as_view(), name="api-savings-kinds"),
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
