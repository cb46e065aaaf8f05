"""Pages of every kind of list; each kind has its own names and asks for its own permission."""

from functools import partial

from django.urls import URLPattern, path

from kkmp.access import addresses
from kkmp.imports import kinds, undoing, views
from kkmp.imports.kinds import ImportKind

app_name = "imports"

_BATCH = "<uuid:batch_id>/"
_ROW = f"{_BATCH}baris/<ordinal:number>/"


def _pages(kind: ImportKind) -> list[URLPattern]:
    page = partial(addresses.page, kind)
    return [
        page("unggah/", views.upload, "upload"),
        page(_BATCH, views.opened, "opened"),
        page(f"{_BATCH}kolom/", views.columns, "columns"),
        page(f"{_BATCH}lembar/", views.sheets, "sheets"),
        page(f"{_BATCH}periksa/", views.rows, "rows"),
        page(f"{_BATCH}tanggal/", views.date_balances, "date"),
        page(f"{_BATCH}perubahan/", views.accept_changes, "accept"),
        page(f"{_BATCH}impor/", views.run, "run"),
        page(f"{_BATCH}hasil/", views.result, "result"),
        page(f"{_BATCH}bermasalah.xlsx", views.leftover, "leftover"),
        page(f"{_BATCH}buang/", views.discard, "discard"),
        page(f"{_BATCH}batalkan/", undoing.undo, "undo"),
        page(_ROW, views.row, "row"),
        page(f"{_ROW}perbaiki/", views.fix_row, "fix"),
        page(f"{_ROW}benar/", views.confirm_row, "confirm"),
        page(f"{_ROW}lewati/", views.skip_row, "skip"),
        page(f"{_ROW}ambil/", views.restore_row, "restore"),
    ]


urlpatterns = [
    path("", views.index, name="list"),
    *(pattern for kind in kinds.registered() for pattern in _pages(kind)),
]
