"""Mandatory savings: the grid of months, who is behind, and calling on them."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from kkmp.access import tabs
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from members.dues import filters, forms
from members.dues.filters import ArrearsFilter, DuesFilter
from members.dues.queries import arrears as dues_arrears
from members.dues.queries import grid, owing
from members.dues.queries.arrears import Rules
from members.joining.models import Channel, Purpose
from members.joining.services import contacts
from members.register.loading import member_of

PAGE_SIZE = 25


@require_safe
@requires(Permission.SAVINGS_READ)
@vary_on_headers("HX-Request")
def dues(request: CoopRequest) -> HttpResponse:
    """A year of months for every member."""
    on, rules = business_today(), Rules.of(request.cooperative)
    found = filters.find(DuesFilter, request.GET, request.cooperative, rules, on=on)
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    years = grid.years(request.cooperative, on=on)
    year = grid.year_of(request.GET.get("tahun", ""), years, on=on)
    words = grid.Words.of(year)
    context = {
        "filter": found,
        "page": page,
        "rows": grid.rows(rules, page, words, on=on),
        "months": words.names,
        "legend": grid.legend(),
        "year": year,
        "before": year - 1 if year - 1 in years else None,
        "after": year + 1 if year + 1 in years else None,
        "is_decided": any(tariff.decided for tariff in rules.tariffs.values()),
        "page_tabs": tabs.grouped(request, "members"),
    }
    return render(
        request, "members/dues/_grid.html" if request.htmx else "members/dues/dues.html", context
    )


@require_safe
@requires(Permission.SAVINGS_READ)
@vary_on_headers("HX-Request")
def arrears(request: CoopRequest) -> HttpResponse:
    """Members who have not paid months that are over."""
    on, rules = business_today(), Rules.of(request.cooperative)
    found = filters.find(ArrearsFilter, request.GET, request.cooperative, rules, on=on)
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "page": page,
        "rows": owing.rows(request.cooperative, rules, page, on=on),
        "tabs": owing.tabs(dues_arrears.arrears(found.of_any_age, rules, on=on)),
        "age": request.GET.get("age", ""),
        "channels": Channel.choices,
        "can_contact": Permission.MEMBERS_CONTACT in request.permissions,
        "page_tabs": tabs.grouped(request, "members"),
    }
    template = "members/dues/_arrears.html" if request.htmx else "members/dues/arrears.html"
    return render(request, template, context)


@require_POST
@requires(Permission.MEMBERS_CONTACT)
def contacted(request: CoopRequest, member_id: UUID) -> HttpResponse:
    """Note that somebody was called on for what is open, and go back to the list."""
    member = member_of(request, member_id)
    form = forms.Contacted(request.POST)
    if form.is_valid():
        try:
            contacts.note(
                member=member, purpose=Purpose.ARREARS, on=business_today(), by=request.user,
                **form.cleaned_data,
            )  # fmt: skip
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Noted: %(name)s.") % {"name": member.name})
    else:
        messages.error(
            request, " ".join(str(text) for texts in form.errors.values() for text in texts)
        )
    back = reverse("members:arrears", args=[request.cooperative.code])
    return redirect(f"{back}?{request.GET.urlencode()}#m-{member.id}")
