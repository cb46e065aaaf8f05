"""What happens to members of the demo besides savings and purchases, done by the services.

Everybody in it is invented: officers, applicants, people who were called on, two who became
members and two who left; besides, holiday savings, a month's return and the collection of a
meeting. The collection brings the members' capital back to what it was before all this, so that
the sums of the seven stay what was reported.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Sum

from kkmp.access.models import User
from kkmp.demo import applying, leaving
from kkmp.demo.acting import Story, leads
from kkmp.demo.calendar import Calendar
from kkmp.demo.cooperatives import GEDAWANG, LEGAL_SINCE, MANDATORY_IDR
from kkmp.lib.errors import insist
from kkmp.lib.existing import present
from kkmp.lib.periods import add_months, month_of
from kkmp.registry import queries as registry
from kkmp.registry.models import Cooperative
from members.bodies.models import Body, Position
from members.bodies.services import officers
from members.bodies.services.boards import BOARD_POSTS
from members.bodies.services.officers import Term
from members.dues.services import collections
from members.dues.services.collections import Payment
from members.joining import notices
from members.joining.models import Channel, Means, Purpose
from members.joining.services import consents, contacts
from members.register.models import Member, Status
from members.register.persons import Sex
from members.savings.models import SavingsBalance, SavingsKind, SavingsRole
from members.savings.services import kinds, returns, savings
from members.savings.services.kinds import Terms

_TERM_YEARS = 5
_MEETING_RW = "003"


#: A day, and the function that does what happens on it.
_Act = tuple[date, Callable[[Story, date], None]]


def tell(cooperative: Cooperative, calendar: Calendar, *, by: User, decider: User) -> None:
    """Do all of it; call it in the cooperative's scope, and before anything is sold to members.

    :param by: acts for clerk and treasurer where the demo has nobody with this role
    :param decider: decides where the demo has no chair
    """
    active = Member.objects.of(cooperative).with_status(Status.ACTIVE)
    place = cooperative.kelurahan.name.lower()
    signed_in = {u.username: u for u in User.objects.filter(username__endswith=f".{place}")}
    story = Story(
        cooperative=cooperative,
        members=list(active.order_by("number").select_related("cooperative", "party")),
        capital_idr=_capital_idr(cooperative),
        last=calendar.last,
        clerk=signed_in.get(f"sekretaris.{place}", by),
        treasurer=signed_in.get(f"bendahara.{place}", by),
        chair=signed_in.get(f"ketua.{place}", decider),
    )
    _elect(story)
    if cooperative.kelurahan_id == GEDAWANG:
        for day, act in sorted(_days(story), key=lambda one: one[0]):
            act(story, day)


def _days(story: Story) -> Iterator[_Act]:
    """What happens, and on which day; acts of the same day are done in this order."""
    yield story.before(70), _write_consents
    yield story.before(60), _open_holiday_savings
    yield story.before(58), _promise_a_return
    for days in (56, 35, 14):
        yield story.before(days), _save_for_the_holiday
    yield month_of(story.last), _credit_return
    yield story.before(20), _call_on_arrears
    yield story.before(16), _call_on_leads
    yield story.before(12), _two_join
    yield story.before(15), leaving.one_resigns
    yield story.before(11), leaving.one_dies
    yield story.before(2), leaving.one_moves
    yield story.before(6), _collect
    yield story.last, applying.apply


def _elect(story: Story) -> None:
    """Elect a board of five with women among them, and three supervisors led by the lurah."""
    women = [member for member in story.members if member.sex == Sex.FEMALE]
    men = [member for member in story.members if member.sex == Sex.MALE]
    chosen = [men[0], women[0], men[1], women[1], women[2]]
    for position, member in zip(BOARD_POSTS, chosen, strict=True):
        _take_office(story, Body.BOARD, position, member)
    _take_office(story, Body.SUPERVISORS, Position.CHAIR, None)
    for member in (women[3], men[2]):
        _take_office(story, Body.SUPERVISORS, Position.MEMBER, member)


def _take_office(story: Story, body: Body, position: Position, member: Member | None) -> None:
    name = member.name if member else f"Lurah {story.cooperative.kelurahan.name}"
    term = Term(
        body=body,
        position=position,
        member=member,
        name=f"{name} (rekaan)",
        is_kelurahan_head=member is None,
        started_on=LEGAL_SINCE,
        term_ends_on=LEGAL_SINCE.replace(year=LEGAL_SINCE.year + _TERM_YEARS),
        decision_number="CONTOH/BA-MUSKEL/01",
    )
    officers.add(cooperative=story.cooperative, term=term, on=LEGAL_SINCE, by=story.clerk)


def _write_consents(story: Story, _day: date) -> None:
    for member in story.members[:40]:
        joined_on = present(member.joined_on, "members have joined")
        consents.record(
            member=member,
            is_given=True,
            means=Means.PAPER,
            notice_version=notices.CURRENT,
            at=story.at(joined_on, 10),
            by=story.clerk,
        )


def _open_holiday_savings(story: Story, day: date) -> None:
    terms = Terms(
        name="Simpanan hari raya",
        name_en="Holiday savings",
        min_deposit_idr=10_000,
        locked_until=add_months(month_of(story.last), 4),
    )
    kinds.define(cooperative=story.cooperative, terms=terms, on=day, by=story.chair)


def _promise_a_return(story: Story, day: date) -> None:
    kind = story.kind(SavingsRole.VOLUNTARY)
    terms = Terms(name=kind.name, name_en=kind.name_en, return_percent=Decimal(2))
    kinds.change(kind=kind, terms=terms, version=kind.version, on=day, by=story.chair)


def _holiday(story: Story) -> SavingsKind:
    return SavingsKind.objects.of(story.cooperative).get(code="hari-raya")


def _save_for_the_holiday(story: Story, day: date) -> None:
    for member in story.members[:16]:
        number = present(member.number, "members have a number")
        savings.deposit(
            member=member,
            kind=_holiday(story),
            amount_idr=25_000 * (1 + number % 3),
            key=story.key(f"holiday {member.number} {day}"),
            on=day,
            by=story.treasurer,
        )


def _credit_return(story: Story, day: date) -> None:
    month = add_months(day, -1)
    returns.credit(
        cooperative=story.cooperative,
        month=month,
        shown=returns.content(returns.due(story.cooperative, month)),
        key=story.key(f"return {month}"),
        on=day,
        by=story.treasurer,
    )


def _call_on_arrears(story: Story, day: date) -> None:
    said = ("Bayar minggu depan", "Titip lewat ketua RT", "", "Sedang di luar kota")
    late = story.members[2 * len(story.members) // 3 :]
    for number, (member, note) in enumerate(zip(late, said, strict=False)):
        contacts.note(
            member=member,
            purpose=Purpose.ARREARS,
            channel=Channel.WHATSAPP if number % 2 else Channel.CALL,
            note=note,
            on=day + timedelta(days=number),
            by=story.clerk,
        )


def _call_on_leads(story: Story, day: date) -> None:
    said = ("Tertarik, datang hari Senin", "Minta dijelaskan lagi", "Belum bertemu", "")
    for number, (member, note) in enumerate(zip(leads(story), said, strict=False)):
        contacts.note(
            member=member,
            purpose=Purpose.JOINING,
            channel=Channel.WHATSAPP if number % 2 else Channel.VISIT,
            note=note,
            on=day + timedelta(days=3 * number),
            by=story.clerk,
        )


def _two_join(story: Story, day: date) -> None:
    """Two applicants pay the principal savings and so become members."""
    rows = Member.objects.of(story.cooperative).with_status(Status.APPLIED, Status.INCOMPLETE)
    known = rows.filter(applied_on__lt=day - timedelta(days=5))
    for number, member in enumerate(known.order_by("-applied_on", "name", "id")[:2]):
        savings.deposit(
            member=member,
            kind=story.kind(SavingsRole.PRINCIPAL),
            amount_idr=registry.settings_on(story.cooperative, day).principal_idr,
            key=story.key(f"principal {number}"),
            on=day + timedelta(days=3 * number),
            by=story.treasurer,
        )


def _collect(story: Story, day: date) -> None:
    """The collection of a meeting: mandatory savings as far as missing, and holiday savings."""
    months = (story.capital_idr - _capital_idr(story.cooperative)) // MANDATORY_IDR
    behind = story.members[len(story.members) // 3 :]
    came = sorted(behind, key=lambda member: member.rw != _MEETING_RW)[:months]
    insist(len(came) == months > 4, "as many came as the capital has months")
    mandatory, holiday = story.kind(SavingsRole.MANDATORY), _holiday(story)
    payments = [Payment(member, mandatory, MANDATORY_IDR) for member in came]
    payments += [Payment(member, holiday, 25_000) for member in came[:4]]
    collections.collect(
        cooperative=story.cooperative,
        payments=payments,
        title=f"Rapat RW {_MEETING_RW}",
        key=story.key("collection"),
        on=day,
        by=story.treasurer,
    )


def _capital_idr(cooperative: Cooperative) -> int:
    """The principal and mandatory savings of all members together."""
    held = SavingsBalance.objects.of(cooperative).exclude(kind__role=SavingsRole.VOLUNTARY)
    return int(held.aggregate(sum=Sum("balance_idr"))["sum"] or 0)
