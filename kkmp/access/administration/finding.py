"""Ctrl+K: cooperatives, people and pages, each told apart from others of its name."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from unfold.dataclasses import SearchResult

from kkmp.access import trail
from kkmp.access.administration import appearance, cooperative_choice
from kkmp.access.models import User
from kkmp.lib.errors import insist
from kkmp.registry.models import Cooperative

#: So many of each kind; whoever finds more writes one letter more.
MOST_EACH = 12
#: Shorter texts find half of the city.
SHORTEST = 2


def find(request: HttpRequest, search_term: str) -> list[SearchResult]:
    """What has all the words that were typed."""
    words = search_term.split()[:5]
    if len(search_term.strip()) < SHORTEST:
        return []
    may = request.user.has_perm
    return [
        *_pages(request, words),
        *(_cooperatives(words) if may("registry.view_cooperative") else []),
        *(_people(words) if may("access.view_user") else []),
    ]


def _pages(request: HttpRequest, words: list[str]) -> list[SearchResult]:
    found = [
        SearchResult(
            title=str(item["title"]),
            description=str(group.get("title") or _("Page")),
            link=str(item["link"]),
            icon=str(item["icon"]),
        )
        for group in appearance.navigation(request)
        for item in group["items"]
        if all(word in f"{item['title']} {group.get('title', '')}".lower() for word in words)
    ]
    return found[:MOST_EACH]


def _cooperatives(words: list[str]) -> list[SearchResult]:
    rows = Cooperative.objects.select_related("kelurahan__kecamatan")
    for word in words:
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(code__startswith=word)
            | Q(kelurahan__kecamatan__name__icontains=word)
        )
    return [
        SearchResult(
            title=cooperative_choice.name_with_kecamatan(each),
            description=_("Cooperative"),
            link=_page(Cooperative, each.pk),
            icon="storefront",
        )
        for each in rows.order_by("kelurahan__name", "code")[:MOST_EACH]
    ]


def _people(words: list[str]) -> list[SearchResult]:
    rows = User.objects.all()
    for word in words:
        rows = rows.filter(Q(username__icontains=word) | Q(name__icontains=word))
    return [
        SearchResult(
            title=trail.person(each),
            description=_("User") if each.is_active else _("User, blocked"),
            link=_page(User, each.pk),
            icon="person",
        )
        for each in rows.order_by("name", "username")[:MOST_EACH]
    ]


def _page(model: type[Any], pk: object) -> str:
    insist(model in admin.site._registry, "only what has a page is found")
    opts = model._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=(pk,))
