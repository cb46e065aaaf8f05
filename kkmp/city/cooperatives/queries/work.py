"""What waits for whoever opens the home: each kind with how many, how much, and where to do it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from finance.months import queries as months
from kkmp.access.permissions import Permission
from kkmp.lib.money import format_rupiah
from kkmp.registry.models import Cooperative
from members.dues.queries import arrears
from members.dues.queries.arrears import Rules
from members.joining.queries import queue
from members.leaving import queries as leaving
from shops.drawers import queries as drawers
from shops.settling import queries as payments
from shops.settling.queries import State, Wanted


@dataclass(frozen=True, slots=True)
class Work:
    """:param amount: in words; empty where it is about no money
    :param url: of the page that settles it
    """

    label: str
    help: str
    icon: str
    count: int
    amount: str
    url: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of work, for those who hold any of these permissions.

    :param found: the work, also where there is none of it
    """

    whose: frozenset[Permission]
    found: Callable[["_Place"], Work]


@dataclass(frozen=True)
class _Place:
    """The cooperative and the day that work is looked for."""

    cooperative: Cooperative
    on: date

    @cached_property
    def leavings(self) -> leaving.Summary:
        return leaving.summary(self.cooperative)

    def page(self, name: str, query: str = "") -> str:
        return reverse(name, args=[self.cooperative.code]) + query


def waiting(
    cooperative: Cooperative, permissions: frozenset[Permission], *, on: date
) -> list[Work] | None:
    """What waits, most pressing first; None for those whom none of it concerns."""
    mine = [kind for kind in _kinds() if kind.whose & permissions]
    if not mine:
        return None
    here = _Place(cooperative, on)
    found = [kind.found(here) for kind in mine]
    return [work for work in found if work.count]


def _kinds() -> tuple[_Kind, ...]:
    """All of them, most pressing first."""
    return (
        _Kind(frozenset({Permission.PAYMENTS_CONFIRM}), _payments),
        _Kind(frozenset({Permission.SAVINGS_WITHDRAW}), _to_pay),
        _Kind(frozenset({Permission.SAVINGS_WITHDRAW}), _kept),
        _Kind(frozenset({Permission.SALES_APPROVE}), _differences),
        _Kind(frozenset({Permission.MEMBERS_DECIDE}), _to_decide),
        # Whoever takes the principal waits for them as well.
        _Kind(frozenset({Permission.MEMBERS_WRITE, Permission.SAVINGS_DEPOSIT}), _applications),
        _Kind(frozenset({Permission.MEMBERS_CONTACT}), _arrears),
    )


def _payments(here: _Place) -> Work:
    found = payments.added_up(here.cooperative, Wanted(states=[State.WAITING]))
    return Work(
        _("QRIS and transfers to match"),
        _("Look at the bank or the app of the QRIS provider: have they arrived?"),
        "qrcode",
        found.count,
        "" if found.is_more else format_rupiah(found.left_idr),
        here.page("shops:payments"),
    )


def _to_pay(here: _Place) -> Work:
    found = here.leavings
    return Work(
        _("Savings to pay to members who left"),
        _("The leaving is decided; the money still has to be handed over."),
        "user-minus",
        found.due,
        format_rupiah(found.due_idr),
        here.page("members:exits", "?stage=due"),
    )


def _to_decide(here: _Place) -> Work:
    return Work(
        _("Leavings to decide"),
        _("Until then nothing is taken, given or sent in these names."),
        "gavel",
        here.leavings.waiting,
        "",
        here.page("members:exits", "?stage=waiting"),
    )


def _kept(here: _Place) -> Work:
    count, amount_idr = leaving.kept_due(here.cooperative)
    return Work(
        _("Money kept for former members"),
        _("It came in after they had left, and waits for them or the heir."),
        "coins",
        count,
        format_rupiah(amount_idr),
        here.page("members:kept"),
    )


def _differences(here: _Place) -> Work:
    """Cash differences in months that are not closed: whoever closes a month has looked at them.

    A difference whose count was put right is left out.
    """
    since = months.month_to_close(here.cooperative) or here.on
    gaps = drawers.still_off(here.cooperative, since)
    sums = (sum(gap for gap in gaps if gap < 0), sum(gap for gap in gaps if gap > 0))
    return Work(
        _("Shifts with a difference"),
        _("Ask the cashier; put a wrong count right. The rest stays until the month is closed."),
        "scale",
        len(gaps),
        " / ".join(_signed(amount_idr) for amount_idr in sums if amount_idr),
        here.page("shops:shifts"),
    )


def _arrears(here: _Place) -> Work:
    rules = Rules.of(here.cooperative)
    behind = arrears.behind(arrears.active(here.cooperative, rules), rules, on=here.on)
    whole = arrears.arrears(behind, rules, on=here.on)[""]
    return Work(
        _("Members in arrears"),
        _("Mandatory savings of months that are over. Call on them, the largest first."),
        "calendar-exclamation",
        whole.people,
        format_rupiah(whole.total_idr),
        here.page("members:arrears"),
    )


def _applications(here: _Place) -> Work:
    return Work(
        _("Applications to look at"),
        _("The membership clerk or the chair takes them onto the register; then they can pay."),
        "user-plus",
        queue.waiting_count(here.cooperative),
        "",
        here.page("members:applications"),
    )


def _signed(amount_idr: int) -> str:
    """A difference with its sign: ``+Rp1.000``."""
    return f"+{format_rupiah(amount_idr)}" if amount_idr > 0 else format_rupiah(amount_idr)
