"""The list of members, and each member's page."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from kkmp.access import tabs
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from members.register import panels
from members.register import queries as register_queries
from members.register.filters import MemberFilter
from members.register.loading import member_of
from members.register.models import Status
from members.saved_views import queries as saved_views_queries
from members.saved_views.models import ViewPage
from members.savings import queries as savings_queries
from members.savings.services import savings

PAGE_SIZE = 25
HISTORY_SIZE = 20


@require_safe
@requires(Permission.MEMBERS_READ)
@vary_on_headers("HX-Request")
def members(request: CoopRequest) -> HttpResponse:
    people = savings_queries.with_savings(request.cooperative)
    found = MemberFilter(
        request.GET,
        queryset=people,
        cooperative=request.cooperative,
        on=business_today(),
        rws=register_queries.rws(request.cooperative),
        agencies=register_queries.agencies(request.cooperative),
    )
    pages = Paginator(register_queries.in_order(found.qs), PAGE_SIZE)
    counts = register_queries.funnel(request.cooperative)
    context = {
        "filter": found,
        "page": pages.get_page(request.GET.get("page")),
        "tabs": [{"value": "", "label": _("All"), "count": sum(counts.values())}]
        + [{"value": s.value, "label": s.label, "count": counts[s.value]} for s in Status],
        "status": request.GET.get("status", ""),
        "saved": saved_views_queries.above(request, ViewPage.REGISTER),
        "page_tabs": tabs.grouped(request, "members"),
    }
    return render(
        request,
        "members/people/_rows.html" if request.htmx else "members/people/list.html",
        context,
    )


@require_safe
@requires(Permission.MEMBERS_READ)
@never_cache
def detail(request: CoopRequest, member_id: UUID) -> HttpResponse:
    member = member_of(request, member_id)
    pages = Paginator(savings_queries.history(member), HISTORY_SIZE)
    held = savings_queries.holdings(member, on=business_today())
    found = panels.panels_for(request, member)
    context = {
        "member": member,
        "holdings": [holding for holding in held if holding.is_shown],
        "can_withdraw": any(h.balance_idr and h.kind.is_withdrawable for h in held),
        "total_idr": sum(holding.balance_idr for holding in held),
        "path": savings_queries.path_to_membership(member, held, on=business_today()),
        "page": pages.get_page(request.GET.get("page")),
        "steps": register_queries.steps(member),
        "panels": found,
        "placed": panels.placed(found),
    }
    return render(request, "members/people/detail.html", context)


@require_POST
@requires(Permission.MEMBERS_WRITE)
def admit(request: CoopRequest, member_id: UUID) -> HttpResponse:
    member = member_of(request, member_id)
    try:
        member = savings.admit(member=member, on=business_today(), by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(name)s is a member now.") % {"name": member.name})
    return redirect("members:detail", request.cooperative.code, member.id)
