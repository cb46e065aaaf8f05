"""Money that came or went on a past day, such as that of a meeting, and is recorded later."""

from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _

from kkmp.lib.errors import DomainError
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import format_date, format_month, month_of
from members.register.models import Member
from members.savings.models import (
    ReturnRun,
    SavingsBalance,
    SavingsEntry,
    SavingsKind,
    SavingsRole,
)


class DayRefused(DomainError):
    """No savings can be recorded for this day; the message says why."""


def counted(member: Member, kind: SavingsKind, day: date | None, *, on: date) -> date:
    """The day that an entry counts for: the one that was chosen, or today.

    That its month is open, the books see to.

    :raises DayRefused: it has not come, the person was no member yet, or its return is credited
    """
    if day is None or day == on:
        return on
    if day > on:
        raise DayRefused(_("This day has not come yet."), field="day")
    is_principal = kind.role == SavingsRole.PRINCIPAL
    if not is_principal and member.joined_on is not None and day < member.joined_on:
        raise DayRefused(
            _("%(name)s became a member on %(date)s; choose that day or a later one.")
            % {"name": member.name, "date": format_date(member.joined_on)},
            field="day",
        )
    runs = ReturnRun.objects.of(member.cooperative_id).filter(month__gte=month_of(day))
    if kind.return_percent and (run := runs.order_by("month").first()):
        raise DayRefused(
            _("The return of %(month)s has been credited already; choose a later day.")
            % {"month": format_month(run.month)},
            field="day",
        )
    return day


def refuse_below_zero(held: SavingsBalance, amount_idr: int, *, since: date) -> None:
    """What is taken out on a past day must have been there then, and on every day since.

    :raises DayRefused: it was not
    """
    rows = SavingsEntry.objects.of(held.cooperative).filter(
        member=held.member, kind=held.kind, date__gt=since
    )
    later = rows.values("date").annotate(moved=Sum("amount_idr")).order_by("-date")
    lowest_idr = running_idr = held.balance_idr
    for moved in later:
        running_idr -= moved["moved"]
        lowest_idr = min(lowest_idr, running_idr)
    if lowest_idr < amount_idr:
        raise DayRefused(
            _("On %(date)s and since then no more than %(held)s of it was there all the time.")
            % {"date": format_date(since), "held": format_rupiah(lowest_idr)},
            field="day",
        )
