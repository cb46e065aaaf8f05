"""Consent to the privacy notice: given, and taken back (UU 27/2022 art. 20 to 22 and 40)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError, insist
from members.joining.models import Consent, Means
from members.register.models import Member
from members.register.services import membership


class ConsentRefused(DomainError):
    """The consent may not be recorded so; the message is fit to show."""


@transaction.atomic
def record(
    *, member: Member, is_given: bool, means: Means, notice_version: str, at: datetime, by: User
) -> Consent:
    """Write down what somebody told the cooperative about the use of their data.

    The same thing told again changes nothing and returns what is on record.

    :param means: on paper or spoken; the public form records its own
    :param notice_version: that was shown; what is taken back is the version agreed to
    :raises ConsentRefused: there is no consent to take back
    """
    insist(means != Means.WEB, "the public form records its own consent")
    member = membership.locked(member)
    last = latest(member)
    if last is None and not is_given:
        raise ConsentRefused(_("There is no consent on record to take back."))
    version = notice_version if is_given or last is None else last.notice_version
    if last and (last.is_given, last.notice_version) == (is_given, version):
        return last
    consent = Consent.objects.create(
        cooperative=member.cooperative,
        member=member,
        notice_version=version,
        is_given=is_given,
        means=means,
        at=at,
        recorded_by=by,
    )
    audit.record(
        cooperative=member.cooperative,
        action="member.consent" if is_given else "member.consent_withdraw",
        by=by,
        subject=member,
        notice_version=consent.notice_version,
        means=means,
    )
    return consent


def latest(member: Member) -> Consent | None:
    """What holds now; None where nothing was ever recorded."""
    rows = Consent.objects.of(member.cooperative_id).filter(member=member)
    return rows.select_related("recorded_by").order_by("-at", "-id").first()
