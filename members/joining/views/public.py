"""What everybody may open to join a cooperative: the form, the privacy notice, and thanks.

Nothing here tells who is on the register.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kkmp.access.form_keys import GuestOnceRequest, keyed
from kkmp.access.web import GuestRequest, public_of_cooperative
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import refuse
from kkmp.registry.models import Cooperative
from members.joining import forms, limits, notices
from members.joining.queries import queue
from members.joining.queries import terms as costs
from members.joining.services import applications
from members.register.models import Category


@require_http_methods(["GET", "POST"])
@never_cache
@public_of_cooperative
@keyed
def form(request: GuestOnceRequest) -> HttpResponse:
    host, terms = request.host, costs.on(request.host, business_today())
    if request.method == "GET" and (done := queue.sent_category(host, request.form_key)):
        return _thanks(host, done)
    initial = {"key": request.form_key, "notice_version": notices.CURRENT}
    page = forms.Joining(request.POST or None, cooperative=host, initial=initial)
    if terms and request.method == "POST" and page.is_valid():
        if not limits.allows_joining(request, host):
            return _page(request, page, terms, status=429)
        try:
            sent = applications.submit(
                cooperative=host,
                particulars=page.particulars(),
                notice_version=page.cleaned_data["notice_version"],
                key=page.cleaned_data["key"],
                at=timezone.now(),
            )
        except DomainError as refusal:
            refuse(page, refusal)
        else:
            return _thanks(host, sent.category)
    return _page(request, page, terms, status=422 if page.is_bound else 200)


@require_safe
@public_of_cooperative
def thanks(request: GuestRequest) -> HttpResponse:
    """What comes next, for a category of members and not for a person."""
    terms = costs.on(request.host, business_today())
    mine = [one for one in terms if one.category == request.GET.get("untuk")] or terms[:1]
    context = {"host": request.host, "terms": mine, "contact": notices.phone(request.host)}
    return render(request, "members/joining/thanks.html", context)


@require_safe
@public_of_cooperative
def notice(request: GuestRequest, version: str = notices.CURRENT) -> HttpResponse:
    if version not in notices.VERSIONS:
        raise Http404
    context = {
        "host": request.host,
        "version": version,
        "is_current": version == notices.CURRENT,
        "blocks": notices.blocks(version, request.host),
    }
    return render(request, "members/joining/notice.html", context)


def _thanks(host: Cooperative, category: str) -> HttpResponse:
    """Leads to the page of thanks, the same for everybody: it tells nothing of the person."""
    return redirect(f"{reverse('joining:thanks', args=[host.code])}?untuk={category}")


def _page(
    request: GuestRequest, page: forms.Joining, terms: list[costs.Terms], *, status: int
) -> HttpResponse:
    if status == 429:
        page.add_error(
            None,
            _(
                "Many applications have come from here within the hour. Wait a little and send "
                "again; what you typed stays. Or come to the office with your KTP."
            ),
        )
    context = {
        "form": page,
        "host": request.host,
        "terms": terms,
        "version": notices.CURRENT,
        "blocks": notices.blocks(notices.CURRENT, request.host),
        "has_categories": len(terms) > 1,
        "extraordinary": Category.EXTRAORDINARY,
    }
    return render(request, "members/joining/form.html", context, status=status)
