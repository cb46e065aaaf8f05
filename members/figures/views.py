"""The figures of the register, each with the way to the people behind it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from kkmp.access import tabs
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.exports import words
from kkmp.lib.clock import business_today
from members.figures.filters import FiguresFilter
from members.figures.queries import whole
from members.figures.queries.capital import Capital
from members.figures.queries.groups import Group
from members.figures.queries.growth import Month
from members.register import queries
from members.register.choices import ALL
from members.register.models import Status
from members.saved_views import queries as saved_views_queries
from members.saved_views.models import ViewPage


@require_safe
@requires(Permission.MEMBERS_READ)
@vary_on_headers("HX-Request")
def figures(request: CoopRequest) -> HttpResponse:
    people = whole.found(
        request.GET,
        request.cooperative,
        on=business_today(),
        rws=queries.rws(request.cooperative),
        agencies=queries.agencies(request.cooperative),
    )
    found = whole.figures(people, request.cooperative)
    context = {
        "filter": people,
        "figures": found,
        "tabs": _tabs(people, found.groups[0]),
        "status": people.shown_status,
        "groups": [_group(request, group) for group in found.groups],
        "growth": [_month(request, month) for month in reversed(found.growth)],
        "charts": {"growth": _growth_chart(found.growth), "capital": _capital_chart(found.capital)},
        "saved": saved_views_queries.above(request, ViewPage.FIGURES),
        "page_tabs": tabs.grouped(request, "members"),
    }
    template = "members/figures/_figures.html" if request.htmx else "members/figures/figures.html"
    return render(request, template, context)


def _tabs(people: FiguresFilter, by_status: Group) -> list[dict[str, Any]]:
    """The statuses to choose from; the active ones are shown when none is in the address."""
    counts = [(row.link["status"], row.label, row.people) for row in by_status.rows]
    tabs = [(ALL, _("All"), by_status.people), *counts]
    return [
        {
            "value": "" if value == Status.ACTIVE else value,
            "label": label,
            "count": count,
            "current": value == people.shown_status,
        }
        for value, label, count in tabs
    ]


def _group(request: CoopRequest, group: Group) -> dict[str, Any]:
    rows = [
        {"row": row, "share": group.share(row), "url": _register(request, row.link, row.people)}
        for row in group.rows
    ]
    return {"code": group.code, "title": group.title, "people": group.people, "rows": rows}


def _month(request: CoopRequest, month: Month) -> dict[str, Any]:
    return {
        "month": month,
        "joined_url": _register(request, month.joined_link, month.joined),
        "left_url": _register(request, month.left_link, month.left),
    }


def _register(request: CoopRequest, link: Mapping[str, str], people: int) -> str:
    """The address of the register's list of these people; empty if there are none."""
    url = reverse("members:list", args=[request.cooperative.code])
    return words.address(url, **link) if people else ""


def _growth_chart(months: Sequence[Month]) -> dict[str, Any]:
    return {
        "type": "bar",
        "labels": [date_format(month.month, "M y") for month in months],
        "series": [
            {"label": _("Joined"), "values": [m.joined for m in months], "tone": "green"},
            {"label": _("Left"), "values": [m.left for m in months], "tone": "grey"},
            {"label": _("Net"), "values": [m.net for m in months], "tone": "accent"},
        ],
        "unit": "count",
    }


def _capital_chart(held: Capital) -> dict[str, Any]:
    return {
        "type": "line",
        "labels": [date_format(end.until, "M y") for end in held.month_ends],
        "series": [
            {"label": kind.label, "values": [s.amounts_idr[at] for s in held.month_ends]}
            for at, kind in enumerate(held.kinds)
        ],
        "unit": "idr",
    }
