"""Membership cards: one, or many on sheets to cut."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from kkmp.access import tabs
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from members.papers.documents import cards
from members.papers.filters import CardFilter
from members.register import queries
from members.register.loading import member_of
from members.register.models import Member, Status
from members.register.numbers import member_number

PAGE_SIZE = 50


@require_safe
@requires(Permission.MEMBERS_READ)
@vary_on_headers("HX-Request")
def choose(request: CoopRequest) -> HttpResponse:
    """Who gets a card: ticked one by one, or everybody found."""
    found = _found(request)
    people = _people(found)
    pages = Paginator(people, PAGE_SIZE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "page": page,
        "undrawn": cards.undrawn(page),
        "parts": _parts(pages.count),
        "sheets": -(-pages.count // cards.CARDS_A_SHEET),
        "page_tabs": tabs.grouped(request, "members"),
    }
    template = "members/papers/_card_rows.html" if request.htmx else "members/papers/cards.html"
    return render(request, template, context)


@require_safe
@requires(Permission.MEMBERS_READ)
@never_cache
def sheets(request: CoopRequest) -> HttpResponse:
    people = _people(_found(request))
    if request.GET.get("which") == "chosen":
        chosen = [int(text) for text in request.GET.getlist("n") if text.isdecimal()]
        people = people.filter(number__in=chosen[: cards.CARDS_A_FILE])
    part = request.GET.get("part", "")
    start = (int(part) - 1) * cards.CARDS_A_FILE if part.isdecimal() and part != "0" else 0
    try:
        made = cards.sheets(request.cooperative, people[start : start + cards.CARDS_A_FILE])
    except cards.CardRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("members:cards", request.cooperative.code)
    return _file(made, "application/pdf", f"kartu-anggota-{request.cooperative.code}.pdf")


@require_safe
@requires(Permission.MEMBERS_READ)
@never_cache
def pdf(request: CoopRequest, member_id: UUID) -> HttpResponse:
    return _one(request, member_id, cards.pdf, "application/pdf")


@require_safe
@requires(Permission.MEMBERS_READ)
@never_cache
def image(request: CoopRequest, member_id: UUID) -> HttpResponse:
    return _one(request, member_id, cards.image, "image/png")


def _one(
    request: CoopRequest, member_id: UUID, make: Callable[[Member], bytes], kind: str
) -> HttpResponse:
    member = member_of(request, member_id)
    member.cooperative = request.cooperative
    try:
        made = make(member)
    except cards.CardRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("members:detail", request.cooperative.code, member.id)
    name = f"kartu-{member_number(member.number)}.{kind.rpartition('/')[2]}"
    return _file(made, kind, name)


def _file(made: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        made,
        content_type=kind,
        headers={"Content-Disposition": content_disposition_header(False, name)},
    )


def _found(request: CoopRequest) -> CardFilter:
    return CardFilter(
        request.GET,
        queryset=Member.objects.of(request.cooperative).with_status(Status.ACTIVE),
        cooperative=request.cooperative,
        rws=queries.rws(request.cooperative),
    )


def _people(found: CardFilter) -> QuerySet[Member]:
    """Members found, by number; nobody if the filter is unreadable, lest everybody be printed."""
    people = found.qs if found.is_valid() else found.queryset.none()
    return people.order_by("number", "id")


def _parts(people: int) -> list[dict[str, Any]]:
    """The parts of a print that is too large for one file, each with its first and last card."""
    if people <= cards.CARDS_A_FILE:
        return []
    starts = range(0, people, cards.CARDS_A_FILE)
    return [
        {
            "number": number,
            "label": _("Cards %(first)d–%(last)d")
            % {"first": start + 1, "last": min(start + cards.CARDS_A_FILE, people)},
        }
        for number, start in enumerate(starts, start=1)
    ]
