"""The trial balance, accounts and journals."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from finance.ledger import filters, forms, kinds, queries
from finance.ledger.models import Account, Journal
from finance.ledger.services import corrections, ledger
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib import keyset
from kkmp.lib.clock import business_today
from kkmp.lib.periods import month_of

PAGE = 50


def _may_write(request: CoopRequest) -> bool:
    return Permission.BOOKS_WRITE in request.permissions


def _links(request: CoopRequest) -> list[dict[str, str]]:
    """The ways on from the trial balance."""
    places = [(_("Journals"), "notebook", "journals"), (_("Months"), "calendar-check", "months")]
    if _may_write(request):
        places.append((_("Opening balance"), "cash", "opening"))
    return [
        {
            "label": label,
            "icon": icon,
            "url": reverse(f"finance:{name}", args=[request.cooperative.code]),
        }
        for label, icon, name in places
    ]


def _trial_balance(request: CoopRequest) -> dict[str, Any]:
    form = forms.AsOf(request.GET)
    balance = queries.trial_balance(request.cooperative, form.day)
    return {
        "form": form,
        "balance": balance,
        "rows": balance.rows if form.with_zero else balance.nonzero,
        "since": month_of(form.day),
        "links": _links(request),
        "may_write": _may_write(request),
    }


@require_safe
@vary_on_headers("HX-Request")
@requires(Permission.BOOKS_READ)
def trial_balance(request: CoopRequest) -> HttpResponse:
    """All accounts at the end of a day, each with the way to its lines."""
    name = "_trial_balance" if request.htmx else "trial_balance"
    return render(request, f"finance/ledger/{name}.html", _trial_balance(request))


@require_safe
@requires(Permission.BOOKS_READ)
def trial_balance_print(request: CoopRequest) -> HttpResponse:
    return render(request, "finance/ledger/trial_balance_print.html", _trial_balance(request))


@require_safe
@vary_on_headers("HX-Request")
@requires(Permission.BOOKS_READ)
def account(request: CoopRequest, account_code: str) -> HttpResponse:
    """The lines of one account between two days, with what stands on it after each."""
    found = get_object_or_404(Account.objects.of(request.cooperative), code=account_code)
    form = forms.Period(request.GET)
    since, until = form.days
    book = queries.account_ledger(found, since, until)
    page = keyset.page(
        queries.lines_between(found, since, until),
        queries.IN_LEDGER,
        size=PAGE,
        given=request.GET.get("page"),
    )
    context = {
        "form": form,
        "book": book,
        "page": page,
        "rows": list(zip(page, queries.running(found, page.object_list), strict=True)),
        "after": queries.balance_of(found, until),
    }
    return render(
        request, f"finance/ledger/{'_account' if request.htmx else 'account'}.html", context
    )


@require_safe
@vary_on_headers("HX-Request")
@requires(Permission.BOOKS_READ)
def journals(request: CoopRequest) -> HttpResponse:
    found = filters.JournalListFilter(
        request.GET, queryset=queries.journals(request.cooperative), request=request
    )
    page = keyset.page(found.qs, ("-date", "-number"), size=PAGE, given=request.GET.get("page"))
    context = {
        "filter": found,
        "page": page,
        "rows": [(journal, kinds.label(journal.kind)) for journal in page],
        "may_write": _may_write(request),
    }
    return render(
        request, f"finance/ledger/{'_journals' if request.htmx else 'journals'}.html", context
    )


def _journal(request: CoopRequest, journal_id: UUID) -> Journal:
    found = queries.journals(request.cooperative).select_related("posted_by", "reverses")
    return get_object_or_404(found, id=journal_id)


def _place(request: CoopRequest, found: Journal) -> kinds.Place | None:
    """The page that puts it right, for whoever may open it."""
    found.cooperative = request.cooperative
    place = kinds.place_to_correct(found)
    return place if place and place.permission in request.permissions else None


@require_safe
@requires(Permission.BOOKS_READ)
def journal(request: CoopRequest, journal_id: UUID) -> HttpResponse:
    """One journal: its lines, who posted it, and what it undid or was undone by."""
    found = _journal(request, journal_id)
    elsewhere, undone_by = kinds.where_to_correct(found.kind), queries.reversal_of(found)
    is_open = undone_by is None and found.reverses_id is None
    context = {
        "journal": found,
        "kind": kinds.label(found.kind),
        "lines": queries.lines_of(found),
        "reversal": undone_by,
        "elsewhere": elsewhere if is_open else "",
        "place": _place(request, found) if is_open else None,
        "may_reverse": is_open and not elsewhere and _may_write(request),
    }
    return render(request, "finance/ledger/journal.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.BOOKS_WRITE)
def reverse_journal(request: CoopRequest, journal_id: UUID) -> HttpResponse:
    found = _journal(request, journal_id)
    if request.method == "GET":
        try:
            corrections.refuse_to_open(found)
        except (corrections.CorrectionRefused, ledger.PostingRefused) as refusal:
            messages.error(request, str(refusal))
            return redirect("finance:journal", request.cooperative.code, found.id)
    form = forms.Reversal(request.POST or None)
    if form.is_valid():
        try:
            reversal = corrections.reverse(
                journal=found, on=business_today(), by=request.user, **form.cleaned_data
            )
        except (corrections.CorrectionRefused, ledger.PostingRefused, ledger.KeyReused) as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The journal is reversed."))
            return redirect("finance:journal", request.cooperative.code, reversal.id)
    status = 422 if form.is_bound else 200
    context = {"form": form, "journal": found, "lines": queries.lines_of(found)}
    return render(request, "finance/ledger/reverse.html", context, status=status)
