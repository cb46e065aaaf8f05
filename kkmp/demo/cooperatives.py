"""The demo's cooperatives: seven that trade, and a hundred and seventy that do not yet.

They open eight to thirteen weeks before the day of the report. Members and amounts are invented,
but add up to what was reported for the whole city: a little over 4,500 active members and Rp448
million of members' capital. Gedawang's turnover follows the figures published for it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from kkmp.registry.models import Stage


@dataclass(frozen=True, slots=True)
class Trading:
    """One of the seven cooperatives that trade.

    :param opened: the day of its opening in 2025, before :class:`Calendar` moves it
    :param daily_idr: turnover of an ordinary day
    """

    kelurahan: str
    opened: date
    members: int
    waiting: int
    principal_idr: int
    daily_idr: int


#: The comments name the kelurahan; its code is the key.
TRADING = (
    Trading("33.74.14.1012", date(2025, 7, 26), 524, 18, 50_000, 520_000),  # Wonoplumbon
    Trading("33.74.12.1013", date(2025, 8, 23), 561, 25, 50_000, 610_000),  # Jatirejo
    Trading("33.74.11.1002", date(2025, 7, 19), 812, 60, 100_000, 1_750_000),  # Gedawang
    Trading("33.74.08.1006", date(2025, 8, 2), 640, 22, 50_000, 700_000),  # Tegalsari
    Trading("33.74.06.1002", date(2025, 8, 2), 705, 31, 100_000, 820_000),  # Tlogomulyo
    Trading("33.74.02.1009", date(2025, 8, 16), 602, 20, 50_000, 480_000),  # Dadapsari
    Trading("33.74.15.1003", date(2025, 8, 9), 668, 27, 50_000, 650_000),  # Bringin
)
GEDAWANG = "33.74.11.1002"
MANDATORY_IDR = 10_000
#: The day on which the Dinas confirmed that the seven operate.
VERIFIED = date(2025, 8, 19)
#: The day by which all 177 had their legal papers; legal dates are not moved by the calendar.
LEGAL_SINCE = date(2025, 6, 24)

#: Gross sales published for Gedawang: Rp22 million in 13 days, then Rp48 million in 27.
GEDAWANG_FIRST = (13, 22_000_000)
GEDAWANG_NEXT = (27, 48_000_000)


def daily_target_idr(plan: Trading, since_opening: int, weekday: int) -> int:
    """The turnover that a cooperative should reach on a day.

    :param since_opening: 0 on the opening day
    :param weekday: 0 is Monday; weekends are busier
    """
    if plan.kelurahan == GEDAWANG:
        first_days, first_idr = GEDAWANG_FIRST
        next_days, next_idr = GEDAWANG_NEXT
        if since_opening < first_days:
            return first_idr // first_days
        if since_opening < first_days + next_days:
            return next_idr // next_days
    growth_percent = 60 + min(since_opening, 60)
    weekend_percent = 125 if weekday >= 5 else 95
    return plan.daily_idr * growth_percent * weekend_percent // 12_000


def months_paid(rank: int, total: int, extra: int) -> int:
    """The months for which the ``rank``-th of all members has paid mandatory savings.

    The first third paid five months, the second three and the last one; ``extra`` members of the
    second third paid a fourth month, so that all adds up to the reported sum.
    """
    third = total // 3
    if rank < third:
        return 5
    if rank < 2 * third:
        return 4 if rank - third < extra else 3
    return 1


def stage_of(number: int) -> tuple[Stage, timedelta]:
    """The stage that the ``number``-th of the others reached, and how long after LEGAL_SINCE."""
    if number % 12 == 0:
        return Stage.READY, timedelta(days=60 + number % 30)
    if number % 2 == 0:
        return Stage.PORTAL_ACCOUNT, timedelta(days=45 + number % 20)
    if number % 3 == 0:
        return Stage.FULLY_LICENSED, timedelta(days=21 + number % 14)
    return Stage.LEGAL_ENTITY, timedelta()
