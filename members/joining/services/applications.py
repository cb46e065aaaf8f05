"""Applications to join: sent by anybody, decided by a clerk, and forgotten but for the decision."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib import idempotency
from kkmp.lib.errors import Conflict, DomainError
from kkmp.lib.identity import Nik
from kkmp.lib.periods import business_day
from kkmp.registry import turns
from kkmp.registry.models import Cooperative
from members.joining.models import Application, ApplicationState, Consent, Means
from members.leaving.services import readmission
from members.register.models import Member, Status
from members.register.persons import Person
from members.register.services import membership
from members.register.services.particulars import Particulars, fill, readable, refuse_unfit

__all__ = [
    "ApplicationDecided",
    "ApplicationRefused",
    "accept",
    "decline",
    "reveal_nik",
    "submit",
    "with_sent_nik",
]


#: What tells whom a decision was about.
_KEPT = ("name", "rt", "rw")


class ApplicationRefused(DomainError):
    """The application may not be decided as asked; the message is fit to show the clerk."""


class ApplicationDecided(Conflict):
    """Somebody else has decided on the application in the meantime."""


@transaction.atomic
def submit(
    *,
    cooperative: Cooperative,
    particulars: Particulars,
    notice_version: str,
    key: UUID,
    at: datetime,
) -> Application:
    """Keep what somebody sent with the public form, for a clerk to decide on.

    The register is not looked at: what is typed here tells nobody whether a NIK is on it.

    :param key: made by the page; the same content again returns the first application
    :raises KeyReused: the key was used for other content
    :raises membership.RegistrationRefused: the name is missing, or something is too long
    """
    application = Application(
        cooperative=cooperative, key=key, notice_version=notice_version, submitted_at=at
    )
    fill(application, particulars, business_day(at))
    # The same form may be sent twice at once.
    turns.take(cooperative, key)
    first = _sent_before(application)
    if first is not None:
        return first
    refuse_unfit(application)
    application.save(force_insert=True)
    audit.record(cooperative=cooperative, action="application.submit", by=None, subject=application)
    return application


@transaction.atomic
def accept(
    *,
    application: Application,
    particulars: Particulars,
    into: Member | None = None,
    at: datetime,
    by: User,
) -> Member:
    """Take an applicant onto the register, with the consent given on the form.

    :param particulars: as the identity card has them; a ``nik`` of None keeps what was sent
    :param into: somebody on the register who is the same person and not a member; what is blank
        in ``particulars`` stays as the register has it
    :raises ApplicationDecided: decided already
    :raises ApplicationRefused: ``into`` is a member, or has another NIK
    :raises membership.RegistrationRefused: as in :func:`membership.register`
    """
    application = _waiting(application)
    on = business_day(at)
    particulars = with_sent_nik(application, particulars)
    if into is None:
        member = membership.register(
            cooperative=application.cooperative, particulars=particulars, on=on, by=by
        )
    else:
        member = _merge(membership.locked(into), particulars, at, by)
    Consent.objects.create(
        cooperative=application.cooperative,
        member=member,
        notice_version=application.notice_version,
        is_given=True,
        means=Means.WEB,
        at=application.submitted_at,
        recorded_by=None,
    )
    _decide(application, ApplicationState.ACCEPTED, at, by, member=member)
    return member


@transaction.atomic
def decline(*, application: Application, why: str, at: datetime, by: User) -> Application:
    """Decide that somebody is not taken onto the register.

    :param why: told to the applicant when they ask
    :raises ApplicationDecided: decided already
    :raises ApplicationRefused: no reason is given, or it is too long
    """
    why = " ".join(why.split())
    if not why:
        raise ApplicationRefused(_("Write down why, so that it can be explained."), field="why")
    most = Application._meta.get_field("decided_why").max_length or 0
    if len(why) > most:
        raise ApplicationRefused(
            _("At most %(count)d characters fit here.") % {"count": most}, field="why"
        )
    return _decide(_waiting(application), ApplicationState.DECLINED, at, by, why=why)


@transaction.atomic
def reveal_nik(*, application: Application, by: User) -> str:
    """The identity number as it was sent, with an audit event saying who looked."""
    audit.record(
        cooperative=application.cooperative,
        action="application.nik_reveal",
        by=by,
        subject=application,
    )
    return application.unsealed_nik()


def with_sent_nik(application: Application, particulars: Particulars) -> Particulars:
    """The particulars with the identity number that was sent, where they have none themselves."""
    if particulars.nik is not None or not application.nik_sealed:
        return particulars
    return replace(particulars, nik=Nik(application.unsealed_nik()))


def _sent_before(application: Application) -> Application | None:
    """Compared with the row itself: a hash would go on telling of somebody once it forgets them.

    Of what is decided there is nothing left to compare; who sends it again learns that it was sent.
    """
    rows = Application.objects.of(application.cooperative_id)
    first = rows.filter(key=application.key).first()
    if first is None:
        return None
    return idempotency.repeated(
        first,
        same=first.state != ApplicationState.WAITING or _content(first) == _content(application),
        message=_(
            "This form has already been sent; what you changed since is not in it. Tell the "
            "office about it when you come, or open a new form."
        ),
    )


def _content(application: Application) -> tuple[str, dict[str, Any]]:
    return application.notice_version, readable(application)


def _waiting(application: Application) -> Application:
    """The application's row, held until the transaction ends, so that one clerk decides."""
    rows = Application.objects.of(application.cooperative_id).select_for_update(of=("self",))
    application = rows.select_related("cooperative").get(id=application.id)
    if application.state != ApplicationState.WAITING:
        raise ApplicationDecided(
            _("This application has already been decided: %(state)s.")
            % {"state": application.get_state_display()}
        )
    return application


def _merge(member: Member, particulars: Particulars, at: datetime, by: User) -> Member:
    on = business_day(at)
    if member.status == Status.ACTIVE:
        raise ApplicationRefused(
            _("%(name)s is a member already. Decline this application and give that as reason.")
            % {"name": member.name},
            field="into",
        )
    if member.nik_sealed and particulars.nik and member.unsealed_nik() != particulars.nik.digits:
        raise ApplicationRefused(
            _(
                "%(name)s is on the register with another NIK. Take the application as a new "
                "person, or first correct the NIK on the register."
            )
            % {"name": member.name},
            field="into",
        )
    if member.status == Status.LEFT:
        # Whom the board dismissed, the board takes back, on the person's own page.
        member = readmission.readmit(member=member, by_board=False, on=on, by=by)
    particulars = _over(member, particulars)
    member = membership.edit(
        member=member, particulars=particulars, version=member.version, on=on, by=by
    )
    if member.status == Status.LEAD:
        member = membership.move(member=member, to=Status.APPLIED, on=on, by=by)
    return member


def _over(member: Member, particulars: Particulars) -> Particulars:
    """What is given, and where it is blank what the register has."""
    names = [name for name in Particulars.__dataclass_fields__ if name != "nik"]
    kept = {n: getattr(member, n) for n in names if not getattr(particulars, n)}
    return replace(particulars, **kept)


def _decide(
    application: Application,
    state: ApplicationState,
    at: datetime,
    by: User,
    *,
    member: Member | None = None,
    why: str = "",
) -> Application:
    application.state, application.member = state, member
    application.decided_at, application.decided_by = at, by
    application.decided_why = why
    _forget(application)
    application.save()
    audit.record(
        cooperative=application.cooperative,
        action="application.accept" if member else "application.decline",
        by=by,
        subject=application,
        **({"member": str(member.id)} if member else {"why": why}),
    )
    return application


def _forget(application: Application) -> None:
    """Keep the decision and whom it was about, and nothing else of the person.

    The register has what it needs; for what was declined there is no purpose any more.
    """
    for particular in Person._meta.local_fields:
        if particular.name not in _KEPT:
            setattr(application, particular.name, particular.get_default())
