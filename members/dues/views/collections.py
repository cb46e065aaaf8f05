"""Taking the payments of many members at once, and looking at what was taken."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from finance.ledger.services import ledger
from kkmp.access import tabs
from kkmp.access.form_keys import PARAMETER, OnceRequest, once
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from members.dues import forms
from members.dues.models import Collection
from members.dues.queries import collecting
from members.dues.queries.arrears import Rules
from members.dues.services import collections
from members.register import queries as register_queries
from members.savings import queries as savings_queries

PAGE_SIZE = 25
#: Receipts on one page of a collection, so that a meeting's list prints as a whole.
RECEIPTS = 500
#: Rows that the search adds at once.
FOUND = 10


@require_http_methods(["GET", "POST"])
@requires(Permission.SAVINGS_DEPOSIT)
@once
@never_cache
def collect(request: OnceRequest) -> HttpResponse:
    rules, on = Rules.of(request.cooperative), business_today()
    sheet = _sheet(request, rules, on)
    form = _form(request, rules, sheet.rows)
    if form.is_valid():
        try:
            taken = collections.collect(
                cooperative=request.cooperative, payments=form.payments, on=on, by=request.user,
                **form.cleaned_data,
            )  # fmt: skip
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return _to_result(request, taken)
    done = None
    if request.form_key is not None and not form.is_bound:
        done = queries_of(request).filter(key=request.form_key).first()
    context = {
        "form": form,
        "sheet": sheet,
        "done": done,
        "rws": register_queries.rws(request.cooperative),
        "parameter": PARAMETER,
        "is_key_reused": form.is_bound and form.has_error(NON_FIELD_ERRORS, ledger.KeyReused.code),
        "page_tabs": tabs.grouped(request, "members"),
    }
    return render(
        request, "members/dues/collect.html", context, status=422 if form.is_bound else 200
    )


@require_safe
@requires(Permission.SAVINGS_DEPOSIT)
@never_cache
def people(request: CoopRequest) -> HttpResponse:
    """Rows for the list: members found by a name or number, or named by their ids."""
    rules, on = Rules.of(request.cooperative), business_today()
    named = forms.ids(request.GET.getlist("orang"))
    text = request.GET.get("q", "").strip()
    rows = collecting.found(request.cooperative, rules, text, named, on=on, most=FOUND)
    return render(request, "members/dues/_collect_rows.html", {"form": _form(request, rules, rows)})


@require_safe
@requires(Permission.SAVINGS_READ)
def collection(request: CoopRequest, collection_id: UUID) -> HttpResponse:
    one = get_object_or_404(queries_of(request).select_related("taken_by"), id=collection_id)
    receipts = savings_queries.receipts(request.cooperative).filter(collected__collection=one)
    pages = Paginator(receipts.order_by("number", "id"), RECEIPTS)
    context = {"collection": one, "page": pages.get_page(request.GET.get("page"))}
    return render(request, "members/dues/collection.html", context)


@require_safe
@requires(Permission.SAVINGS_READ)
def collected(request: CoopRequest) -> HttpResponse:
    """What was collected before, latest first."""
    found = queries_of(request).select_related("taken_by").order_by("-number", "id")
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "page_tabs": tabs.grouped(request, "members"),
    }
    return render(request, "members/dues/collected.html", context)


def queries_of(request: CoopRequest) -> QuerySet[Collection]:
    return Collection.objects.of(request.cooperative)


def _sheet(request: OnceRequest, rules: Rules, on: date) -> collecting.Sheet:
    return collecting.sheet(
        request.cooperative,
        rules,
        rw=request.GET.get("rw", ""),
        also=forms.posted_people(request.POST),
        on=on,
    )


def _form(request: CoopRequest, rules: Rules, rows: list[forms.Row]) -> forms.Collect:
    mandatory, voluntary = collecting.kinds(request.cooperative, rules)
    initial = {"key": getattr(request, "form_key", None), "title": _suggested(request)}
    return forms.Collect(
        request.POST if request.method == "POST" else None,
        rows=rows,
        mandatory=mandatory,
        voluntary=voluntary,
        initial=initial,
    )


def _suggested(request: CoopRequest) -> str:
    rw = request.GET.get("rw", "")
    return _("Meeting of RW %(rw)s") % {"rw": rw} if rw else ""


def _to_result(request: CoopRequest, taken: Collection) -> HttpResponse:
    if taken.is_repeat:
        messages.info(request, _("This was recorded already; it is not recorded twice."))
    else:
        messages.success(request, _("Recorded. Everybody has a receipt."))
    return redirect("members:collection", request.cooperative.code, taken.id)
