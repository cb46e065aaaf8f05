from django.urls import path

from members.api import dues, views

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
    path("members/<uuid:member_id>/dues/", dues.MemberDues.as_view(), name="api-member-dues"),
    path("dues/", dues.Dues.as_view(), name="api-dues"),
    path("dues/arrears/", dues.ArrearsList.as_view(), name="api-arrears"),
    path("dues/contacts/", dues.ArrearsContacts.as_view(), name="api-arrears-contacts"),
    path("savings/collections/", dues.Collections.as_view(), name="api-collections"),
    path(
        "savings/collections/<uuid:collection_id>/entries/",
        dues.CollectionEntries.as_view(),
        name="api-collection-entries",
    ),
    path("savings/kinds/", views.Kinds.as_view(), name="api-savings-kinds"),
    path("savings/deposits/", views.Deposits.as_view(), name="api-savings-deposits"),
    path("savings/withdrawals/", views.Withdrawals.as_view(), name="api-savings-withdrawals"),
    path("savings/corrections/", views.Corrections.as_view(), name="api-savings-corrections"),
]
