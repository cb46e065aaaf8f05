"""Card, passbook and the person's own page; and that somebody is registered elsewhere too."""

from django.utils import timezone

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest
from kkmp.registry.services import identity_marks
from members.papers.documents import cards
from members.papers.forms import Link
from members.papers.models import MemberLink
from members.register.models import Member, Status
from members.register.panels import Panel, Place
from members.register.services import marks


def elsewhere(request: CoopRequest, member: Member) -> Panel | None:
    """A notice that another cooperative has the same person, for who may do something about it."""
    nik = marks.nik_of(member)
    if Permission.MEMBERS_WRITE not in request.permissions or not nik:
        return None
    if member.status == Status.LEFT:
        return None
    found = identity_marks.elsewhere(cooperative=request.cooperative, niks=[nik])
    return Panel("members/papers/_elsewhere.html", place=Place.TOP) if found else None


def papers(request: CoopRequest, member: Member) -> Panel | None:
    """Card and passbook."""
    has_paid = member.status not in (Status.LEAD, Status.APPLIED)
    passbook = has_paid and Permission.SAVINGS_READ in request.permissions
    if not passbook and not member.is_active:
        return None
    told = {"passbook": passbook, "card": member.is_active, "undrawn": cards.undrawn([member])}
    return Panel("members/papers/_papers.html", told)


def links(request: CoopRequest, member: Member) -> Panel | None:
    """The person's own page: the links that work, and giving out another."""
    if Permission.MEMBERS_WRITE not in request.permissions or member.status == Status.LEFT:
        return None
    given = MemberLink.objects.of(request.cooperative).filter(member=member)
    working = given.filter(MemberLink.working(timezone.now()))
    working = working.select_related("made_by").order_by("-made_at", "id")
    return Panel("members/papers/_links.html", {"links": working, "form": Link()})
