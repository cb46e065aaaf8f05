"""Addresses of the pages of :mod:`members.dues`."""

from django.urls import path

from members.dues.views import collections, dues

urlpatterns = [
    path("simpanan-wajib/", dues.dues, name="dues"),
    path("tunggakan/", dues.arrears, name="arrears"),
    path("tunggakan/<uuid:member_id>/", dues.contacted, name="contacted"),
    path("setoran-bersama/", collections.collect, name="collect"),
    path("setoran-bersama/orang/", collections.people, name="collect_people"),
    path("setoran-bersama/riwayat/", collections.collected, name="collected"),
    path("setoran-bersama/<uuid:collection_id>/", collections.collection, name="collection"),
]
