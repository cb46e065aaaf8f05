"""What the pages of columns, rows and undoing show."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest
from kkmp.imports import forms
from kkmp.imports.kinds import ImportKind
from kkmp.imports.links import Links
from kkmp.imports.models import ImportBatch
from kkmp.imports.preview import Examined, Preview, State
from kkmp.imports.services import batches, undo
from kkmp.imports.tables import Table
from kkmp.lib.periods import business_day

ROWS_A_PAGE = 50
#: How many files the page of all imports shows.
LATEST = 30
#: How many blockers the page of undoing shows.
BLOCKERS = 20

#: The group of rows that will be imported, but with a warning.
WARNED = "warned"

_TONES = {
    State.READY: "good",
    State.CHANGES: "warn",
    State.PROBLEM: "bad",
    State.EXISTS: "info",
    State.SKIPPED: "",
}


def sees_secrets(request: CoopRequest, batch: ImportBatch) -> bool:
    """Whether somebody may see identity numbers of this file: as its sender, or by permission."""
    return batch.created_by_id == request.user.pk or Permission.NIK_REVEAL in request.permissions


def columns_context(kind: ImportKind, batch: ImportBatch, table: Table) -> dict[str, Any]:
    """What the page of columns shows besides its form."""
    return {
        "kind": kind,
        "batch": batch,
        "links": Links.of(kind, batch),
        "sheets": table.sheets if len(table.sheets) > 1 else (),
    }


def rows_context(request: CoopRequest, kind: ImportKind, batch: ImportBatch) -> dict[str, Any]:
    """Everything that the page of rows and its fragments show."""
    preview = batches.examine(batch, kind)
    tab = _tab(request, preview)
    shown = preview.warned if tab == WARNED else preview.in_state(State(tab))
    page = Paginator(shown, ROWS_A_PAGE).get_page(request.GET.get("page"))
    links = Links.of(kind, batch)
    return {
        "kind": kind,
        "batch": batch,
        "links": links,
        "preview": preview,
        "tab": tab,
        "tabs": _tabs(kind, preview, tab, links),
        "page": page,
        "lines": [line_of(kind, row, links) for row in page],
        "totals": [
            {
                "label": label,
                "amount_idr": preview.total(name),
                "stated_idr": preview.stated.get(name),
            }
            for name, label in kind.totals
        ],
        "balance": forms.Balance(initial={"on": batch.balance_on}),
        "run": forms.Run(initial={"expected": preview.counts[State.READY], "seen": preview.seen}),
        "ready": preview.counts[State.READY],
        "changes": preview.counts[State.CHANGES],
        "accepted": len(preview.accepted),
        "problems": preview.counts[State.PROBLEM],
        "sees_secrets": sees_secrets(request, batch),
    }


def line_of(kind: ImportKind, row: Examined, links: Links) -> dict[str, Any]:
    """What the fragment of one row shows."""
    amounts = [(label, row.verdict.amounts.get(name, 0)) for name, label in kind.totals]
    return {
        "row": row,
        "links": links.row(row.number),
        "amounts": [(label, amount_idr) for label, amount_idr in amounts if amount_idr],
    }


def undo_context(kind: ImportKind, batch: ImportBatch, at: datetime) -> dict[str, Any]:
    """What the page of undoing an import shows."""
    refusal = undo.refusal_of(batch, kind, at=at)
    blockers = [] if refusal else kind.blockers(batch)
    return {
        "kind": kind,
        "batch": batch,
        "links": Links.of(kind, batch),
        "refusal": refusal,
        "blockers": blockers[:BLOCKERS],
        "more": max(len(blockers) - BLOCKERS, 0),
        "amounts": [(label, batch.amounts.get(name, 0)) for name, label in kind.totals],
        "until": business_day(batch.imported_at + batches.KEPT_FOR) if batch.imported_at else None,
    }


def chosen_tab(request: CoopRequest, otherwise: str) -> str:
    """The group of rows that the address names."""
    tab = request.GET.get("tab", "")
    return tab if tab in (*State.values, WARNED) else str(otherwise)


def _tabs(kind: ImportKind, preview: Preview, tab: str, links: Links) -> list[dict[str, Any]]:
    """The tabs, one for each group of rows; rows with warnings are in that of ready ones too."""
    groups = [
        (str(state), str(state.label), preview.counts[state], _TONES[state])
        for state in State
        if state != State.CHANGES or kind.changes_known
    ]
    groups.insert(1, (WARNED, _("With warnings"), len(preview.warned), "warn"))
    return [
        {
            "state": code,
            "label": label,
            "count": count,
            "tone": tone,
            "url": f"{links.rows}?tab={code}",
            "current": code == tab,
        }
        for code, label, count, tone in groups
    ]


def _tab(request: CoopRequest, preview: Preview) -> str:
    """The tab asked for; else the first group of rows that needs a decision."""
    telling = (state for state in (State.PROBLEM, State.CHANGES) if preview.counts[state])
    return chosen_tab(request, next(telling, State.READY))
