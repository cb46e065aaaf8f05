"""The PIN with which a member lets savings pay: set at the desk, asked for at the till.

The member types it twice where somebody with the right has seen the KTP. At the till wrong tries
are counted by member, whatever screen or program they come from; after :data:`MOST_FAILURES` in a
row it is blocked until another one is set at the desk. They are counted by screen as well, because
a cashier sees thousands of members, and each would give some tries. Nobody can read the PIN: what
is kept is a slow hash of a keyed one, so that a copy of the database alone does not tell it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables

from kkmp.access.models import User
from kkmp.access.services import audit, tries
from kkmp.access.services.tries import Key, Limit, State, Told, TooManyTries
from kkmp.lib.errors import Conflict, DomainError
from kkmp.lib.periods import business_day, format_date
from kkmp.lib.seal import keyed_hash
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.pins import queries
from members.pins.models import MemberPin
from members.pins.services.guessable import is_guessable
from members.register.models import Member
from members.register.services import leaving_open, membership

LENGTH = 6
MOST_FAILURES = 5
_PIN = Limit(kind="member_pin", most=MOST_FAILURES)
_CHOICE = Limit(
    kind="member_pin_choice", most=12, window=timedelta(days=1), rest=timedelta(hours=12)
)
_SCREEN = Limit(
    kind="member_pin_screen",
    most=20,
    window=timedelta(hours=1),
    rest=timedelta(hours=1),
    is_cleared=False,
)


class MemberPinRefused(DomainError):
    """The PIN lets nothing be paid, or may not be set; the message is fit to show."""


class MemberPinChanged(Conflict):
    """Somebody else has set the PIN since the page was opened."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Proves that this member has just typed the right PIN; :func:`prove` makes it."""

    member_id: UUID


def begin_choosing(*, cooperative: Cooperative, member_id: UUID, at: datetime) -> None:
    """Count that a PIN is chosen: what is refused as easy to guess tells digits of the NIK.

    Must be called before the cooperative's transaction begins, and asserts it.

    :param cooperative: where it is asked for: who is no member there is somebody else's member,
        whose count it must not be
    :raises TooManyTries: too many were chosen for this member today
    """
    tries.begin(_CHOICE.key(cooperative.pk, member_id), at=at)


@sensitive_variables("digits")
@transaction.atomic
def choose(
    *, member: Member, digits: str, has_seen_ktp: bool, version: int, at: datetime, by: User
) -> MemberPin:
    """Set a member's PIN at the desk, or another one in its place.

    :param has_seen_ktp: whether ``by`` has held the KTP against the register
    :param version: how many PINs had been set when the page was opened
    :raises MemberPinRefused: not an active member, no KTP, not six digits, or easy to guess
    :raises MemberPinChanged: another one was set in the meantime
    :raises leaving_open.LeavingOpen: the leaving waits for a decision
    """
    member = membership.locked(member)
    if not member.is_active:
        raise MemberPinRefused(_("%(name)s is not an active member.") % {"name": member.name})
    leaving_open.refuse(member)
    if not has_seen_ktp:
        raise MemberPinRefused(
            _("Look at the KTP first: the PIN is the person's whose card it is."),
            field="has_seen_ktp",
        )
    earlier = list(queries.history(member))
    if len(earlier) != version and not earlier:
        raise MemberPinRefused(_("No PIN has been set for %(name)s yet.") % {"name": member.name})
    if len(earlier) != version:
        raise MemberPinChanged(
            _("Another PIN was set meanwhile, by %(who)s on %(date)s. That one holds.")
            % {"who": earlier[0].set_by, "date": format_date(business_day(earlier[0].set_at))}
        )
    # Last, so that whoever asks which PINs are known from the papers sets one, which is on record.
    _refuse_unfit(digits, member)
    was_blocked = any(pin.blocked_at for pin in earlier if pin.ended_on is None)
    is_reset = _forget(member, business_day(at))
    made = MemberPin.objects.create(
        cooperative=member.cooperative,
        member=member,
        digest=make_password(_keyed(member.cooperative_id, member.id, digits)),
        set_at=at,
        set_by=by,
    )
    audit.record(
        cooperative=member.cooperative,
        action="member.pin_reset" if is_reset else "member.pin_set",
        by=by,
        subject=member,
        has_seen_ktp=True,
        was_blocked=was_blocked,
    )
    return made


@sensitive_variables("digits")
def prove(
    *, cooperative: Cooperative, member_id: UUID, digits: str, at: datetime, by: User
) -> Proof:
    """Have a member's PIN checked, for one payment.

    Wrong tries stay counted and written down even though what they were for is refused: this must
    be called before the cooperative's transaction begins, and asserts it.

    :param by: at whose screen it was typed
    :raises MemberPinRefused: there is none, it is wrong, or it is blocked
    :raises leaving_open.LeavingOpen: the leaving waits for a decision
    """
    with transaction.atomic(durable=True), scope.cooperative(cooperative.pk):
        member, pin = _asked(cooperative, member_id, digits)
    told = Told(action="member.pin_refuse", by=by, subject=member, cooperative=cooperative)
    try:
        held = tries.begin(_key(member_id), _SCREEN.key(by.pk, cooperative.pk), told=told, at=at)
    except TooManyTries as shut:
        if tried(member_id, at=at).is_shut:
            raise _block(cooperative, member, pin, at) from shut
        raise MemberPinRefused(str(shut), field="pin") from shut
    if check_password(_keyed(cooperative.pk, member.id, digits), pin.digest):
        tries.right(held, at=at)
        return Proof(member_id)
    tries.wrong(held)
    if held.left > 0:
        raise MemberPinRefused(_wrong(member, held.left), field="pin")
    raise _block(cooperative, member, pin, at)


def tried(member_id: UUID, *, at: datetime) -> State:
    """How often a member's PIN was tried in vain since it was last right."""
    return tries.state(_key(member_id), at=at)


@transaction.atomic
def end(*, member: Member, on: date) -> None:
    """Forget the PIN of somebody who is no longer a member; without one nothing happens.

    :param member: held by :func:`membership.locked`
    """
    _forget(member, on)


@sensitive_variables("digits")
def _asked(cooperative: Cooperative, member_id: UUID, digits: str) -> tuple[Member, MemberPin]:
    """Who is to pay, and the PIN on record; refused where there is nothing to compare."""
    member = Member.objects.of(cooperative).filter(id=member_id).first()
    if member is None:
        raise MemberPinRefused(_("There is no such member."), field="member")
    if not member.is_active:
        text = _("%(name)s is not an active member.") % {"name": member.name}
        raise MemberPinRefused(text, field="member")
    leaving = leaving_open.reasons_by_member(cooperative.pk, [member_id]).get(member_id)
    if leaving:
        raise leaving_open.LeavingOpen(leaving, field="member")
    pin = queries.in_force(cooperative).filter(member_id=member_id).first()
    if pin is None:
        raise MemberPinRefused(_none(member), field="pin")
    if not _is_six_digits(digits):
        # A slip of the hand, or a scanner: it could not have been the PIN, and is no try.
        raise MemberPinRefused(_shape(), field="pin")
    return member, pin


def _block(
    cooperative: Cooperative, member: Member, pin: MemberPin, at: datetime
) -> MemberPinRefused:
    """Write down since when the PIN is blocked: pages tell it."""
    with transaction.atomic(durable=True), scope.cooperative(cooperative.pk):
        rows = MemberPin.objects.of(cooperative).filter(id=pin.id, blocked_at=None)
        rows.update(blocked_at=at)
    return MemberPinRefused(_blocked(member), field="pin")


def _key(member_id: UUID) -> Key:
    return _PIN.key(member_id)


def _forget(member: Member, on: date) -> bool:
    held = queries.in_force(member.cooperative).filter(member=member)
    tries.forget(_key(member.id))
    return bool(held.update(ended_on=on, digest=""))


@sensitive_variables("digits")
def _refuse_unfit(digits: str, member: Member) -> None:
    if not _is_six_digits(digits):
        raise MemberPinRefused(_shape(), field="pin")
    if is_guessable(digits, member):
        raise MemberPinRefused(
            _(
                "This PIN is too easy to guess: no running or repeated digits, no birth date, and "
                "nothing of the NIK, the member number or the phone. Choose another."
            ),
            field="pin",
        )


def _is_six_digits(digits: str) -> bool:
    return len(digits) == LENGTH and digits.isascii() and digits.isdigit()


@sensitive_variables("digits")
def _keyed(cooperative_id: UUID, member_id: UUID, digits: str) -> str:
    return keyed_hash("member.pin", str(cooperative_id), f"{member_id} {digits}").hex()


def _shape() -> str:
    return _("A PIN has %(count)d digits.") % {"count": LENGTH}


def _wrong(member: Member, left: int) -> str:
    text = ngettext(
        "This is not the PIN of %(name)s. %(left)d try is left; then it is blocked.",
        "This is not the PIN of %(name)s. %(left)d tries are left.",
        left,
    )
    return text % {"name": member.name, "left": left}


def _none(member: Member) -> str:
    return _(
        "%(name)s has no PIN yet. It is set at the cooperative's desk with the KTP: Members, "
        "%(name)s, PIN for savings. Until then it can be paid in another way."
    ) % {"name": member.name}


def _blocked(member: Member) -> str:
    return _(
        "The PIN of %(name)s is blocked after %(count)d wrong tries. Another one is set at the "
        "cooperative's desk with the KTP; until then it can be paid in another way."
    ) % {"name": member.name, "count": MOST_FAILURES}
