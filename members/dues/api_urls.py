"""Addresses of the API of :mod:`members.dues`."""

from django.urls import path

from members.dues import api

urlpatterns = [
    path("members/<uuid:member_id>/dues/", api.MemberDues.as_view(), name="api-member-dues"),
    path("dues/", api.Dues.as_view(), name="api-dues"),
    path("dues/arrears/", api.ArrearsList.as_view(), name="api-arrears"),
    path("dues/contacts/", api.ArrearsContacts.as_view(), name="api-arrears-contacts"),
    path("savings/collections/", api.Collections.as_view(), name="api-collections"),
    path(
        "savings/collections/<uuid:collection_id>/entries/",
        api.CollectionEntries.as_view(),
        name="api-collection-entries",
    ),
]
