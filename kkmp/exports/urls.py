"""Pages of every list; each list has its own names and asks for its own permission."""

from functools import partial

from django.urls import URLPattern, path

from kkmp.access import addresses
from kkmp.exports import lists, views
from kkmp.exports.lists import ExportList

app_name = "exports"


def _pages(kind: ExportList) -> list[URLPattern]:
    page = partial(addresses.page, kind)
    return [
        page("", views.take_out, "take_out"),
        page("<uuid:job_id>/", views.job, "job"),
        page("<uuid:job_id>/berkas.xlsx", views.file, "file"),
        page("<uuid:job_id>/ulang/", views.again, "again"),
    ]


urlpatterns = [
    path("", views.index, name="list"),
    path("catatan/", views.log, name="log"),
    *(pattern for kind in lists.registered() for pattern in _pages(kind)),
]
