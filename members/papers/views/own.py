"""A member's own page, opened by a link and without signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kkmp.access.web import GuestRequest, public_of_cooperative
from kkmp.lib.periods import business_day
from members.papers import queries
from members.papers.services import links
from members.register import own_page
from members.register.own_page import Asked

#: Not cached, not indexed by search engines, and not sent on as referrer.
_PRIVATE = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


@require_safe
@public_of_cooperative
def page(request: GuestRequest, token: str) -> HttpResponse:
    """The member's page. Every link that does not work gets the same answer."""
    at = timezone.now()
    link = links.find(request.host, token, at=at)
    if link is None:
        return _private(request, "members/papers/own_closed.html", {}, status=404)
    if request.method == "GET":
        links.opened(link=link, at=at)
    asked = Asked(link.member, on=business_day(at), number=request.GET.get("page"))
    context = {
        "member": link.member,
        "phone": queries.masked_phone(link.member.phone),
        "parts": own_page.parts_for(asked),
        "on": asked.on,
        "link": link,
    }
    return _private(request, "members/papers/own.html", context)


def _private(
    request: HttpRequest, template: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    response = render(request, template, context, status=status)
    for name, value in _PRIVATE.items():
        response[name] = value
    return response
