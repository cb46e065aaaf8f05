"""Giving out and taking back links to members' own pages."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.errors import DomainError
from members.papers.documents import invitations
from members.papers.forms import Link
from members.papers.models import MemberLink
from members.papers.services import links
from members.register.loading import member_of


@require_POST
@requires(Permission.MEMBERS_WRITE)
def issue(request: CoopRequest, member_id: UUID) -> HttpResponse:
    member = member_of(request, member_id)
    form = Link(request.POST)
    days = form.cleaned_data["days"] if form.is_valid() else links.DAYS[0]
    try:
        link = links.issue(member=member, days=days, at=timezone.now(), by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("members:detail", request.cooperative.code, member.id)
    return redirect("members:link", request.cooperative.code, link.id)


@require_safe
@requires(Permission.MEMBERS_WRITE)
@never_cache
def link(request: CoopRequest, link_id: UUID) -> HttpResponse:
    """The address to send, with a text for WhatsApp."""
    one = _link(request, link_id)
    invitation = invitations.invitation_for(one, request) if one.opens_at(timezone.now()) else None
    return render(request, "members/papers/link.html", {"link": one, "invitation": invitation})


@require_POST
@requires(Permission.MEMBERS_WRITE)
def revoke(request: CoopRequest, link_id: UUID) -> HttpResponse:
    one = links.revoke(link=_link(request, link_id), at=timezone.now(), by=request.user)
    messages.success(request, _("The link opens nothing any more."))
    return redirect("members:detail", request.cooperative.code, one.member_id)


def _link(request: CoopRequest, link_id: UUID) -> MemberLink:
    rows = MemberLink.objects.of(request.cooperative).select_related("member")
    one = get_object_or_404(rows, id=link_id)
    one.cooperative = one.member.cooperative = request.cooperative
    return one
