"""Links to a member's own page: given out by a clerk, good for some days, taken back at any time.

The address carries the link's id, signed. What it opens is decided by the row: so a link can be
revoked, and the address of one never tells that of another.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError, insist
from kkmp.registry.models import Cooperative
from members.papers.models import MemberLink
from members.register.models import Member, Status
from members.register.services import leaving_open, membership

#: For how many days a link may be opened, to choose from; the first is usual.
DAYS = (30, 7, 90)

_SALT = "kkmp.members.own-page"


class LinkRefused(DomainError):
    """The link may not be given out or taken back; the message says why."""


@transaction.atomic
def issue(*, member: Member, days: int, at: datetime, by: User) -> MemberLink:
    """Give out a link to a person's own page.

    :param days: one of :data:`DAYS`
    :raises LinkRefused: the person has left
    :raises leaving_open.LeavingOpen: the leaving waits for a decision
    """
    insist(days in DAYS, f"no link is good for {days} days")
    member = membership.locked(member)
    if member.status == Status.LEFT:
        raise LinkRefused(_("%(name)s has left the cooperative.") % {"name": member.name})
    leaving_open.refuse(member)
    link = MemberLink.objects.create(
        cooperative=member.cooperative,
        member=member,
        made_at=at,
        made_by=by,
        expires_at=at + timedelta(days=days),
    )
    audit.record(
        cooperative=member.cooperative, action="member.link", by=by, subject=member, days=days
    )
    return link


@transaction.atomic
def revoke(*, link: MemberLink, at: datetime, by: User) -> MemberLink:
    """Take a link back; taking it back twice changes nothing."""
    rows = MemberLink.objects.of(link.cooperative_id).select_for_update(of=("self",))
    link = rows.select_related("cooperative", "member").get(id=link.id)
    if link.revoked_at is None:
        link.revoked_at = at
        link.save(update_fields=["revoked_at"])
        audit.record(
            cooperative=link.cooperative, action="member.link_revoke", by=by, subject=link.member
        )
    return link


def token(link: MemberLink) -> str:
    """What stands in the address: the link's id and our signature."""
    return _signer().sign(link.id.hex)


def find(cooperative: Cooperative, text: str, *, at: datetime) -> MemberLink | None:
    """The working link of a cooperative that a token names, with its member.

    None alike for a token that we did not make, one of another cooperative, an expired or
    revoked link, and a member who has left.
    """
    try:
        link_id = UUID(_signer().unsign(text))
    except (signing.BadSignature, ValueError):
        return None
    working = MemberLink.objects.of(cooperative).filter(MemberLink.working(at))
    link = (
        working.select_related("member")
        .filter(id=link_id)
        .exclude(member__status=Status.LEFT)
        .first()
    )
    if link is not None:
        link.cooperative = link.member.cooperative = cooperative
    return link


def opened(*, link: MemberLink, at: datetime) -> None:
    """Note that a link was opened."""
    rows = MemberLink.objects.of(link.cooperative_id).filter(id=link.id)
    rows.update(opened_at=at, opens=F("opens") + 1)


def _signer() -> signing.Signer:
    # A dot needs no escaping in an address, and programs that find addresses in texts keep it.
    return signing.Signer(salt=_SALT, sep=".")
