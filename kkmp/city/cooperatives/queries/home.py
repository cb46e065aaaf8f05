"""What a cooperative's first page shows: today, how it stands, and what to do next."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Sum
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from finance.opening import queries as opening_queries
from kkmp.access.models import RoleHolding
from kkmp.access.permissions import PERMISSIONS, Permission, Role
from kkmp.registry.models import Cooperative, CooperativeFigures, DayFigures
from members.register.models import Member, Status
from shops.goods.models import GoodsRule, Product
from shops.settings.models import TillSettings
from shops.stock.models import StockMovement

#: How many days the bars show.
DAYS = 14


@dataclass(frozen=True, slots=True)
class Day:
    """Sales of one business day."""

    on: date
    turnover_idr: int = 0
    sales: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that a new cooperative has to do, and where."""

    label: str
    help: str
    is_done: bool
    icon: str
    #: Empty for those who may not do it.
    url: str
    #: Whether one can trade without it.
    is_optional: bool = False


def figures(cooperative: Cooperative) -> CooperativeFigures:
    """How it stands; all zero where nothing was recorded yet."""
    return CooperativeFigures.objects.of(cooperative).first() or CooperativeFigures(
        cooperative=cooperative
    )


def days(cooperative: Cooperative, on: date) -> list[Day]:
    """The last fourteen days, oldest first; the last one is ``on``."""
    rows = (
        DayFigures.objects.of(cooperative)
        .filter(date__gt=on - timedelta(days=DAYS), date__lte=on)
        .values("date")
        .order_by("date")
        .annotate(
            turnover_idr=Sum(F("member_turnover_idr") + F("other_turnover_idr")),
            count=Sum("sales"),
        )
    )
    sold = {r["date"]: Day(r["date"], int(r["turnover_idr"]), int(r["count"])) for r in rows}
    shown = [on - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    return [sold.get(day, Day(day)) for day in shown]


def chart(shown: list[Day]) -> dict[str, Any]:
    """The bars of the last days, as the page's JSON block."""
    return {
        "type": "bar",
        "labels": [date_format(day.on, "j M") for day in shown],
        "series": [
            {"label": _("Sales"), "values": [d.turnover_idr for d in shown], "tone": "accent"}
        ],
        "unit": "idr",
    }


def waiting_people(cooperative: Cooperative) -> int:
    """People on the register who are not members yet."""
    not_yet = Member.objects.of(cooperative).with_status(
        Status.LEAD, Status.APPLIED, Status.INCOMPLETE
    )
    return not_yet.count()


def checklist(
    cooperative: Cooperative, counted: CooperativeFigures, permissions: frozenset[Permission]
) -> list[Task]:
    """What to do before the first sale, in order; empty once one can trade."""
    code, has_sold = cooperative.code, counted.last_sale_on is not None
    staff = _staff(cooperative)

    def task(
        label: str,
        text: str,
        icon: str,
        *,
        done: bool,
        to: str,
        needs: Permission,
        is_optional: bool = False,
    ) -> Task:
        own = to == "approval_pin"
        url = reverse(to, args=[] if own else [code]) if needs in permissions else ""
        return Task(label, text, done, icon, url, is_optional)

    tasks = [
        task(
            _("Invite those who work here"),
            _("The treasurer, the cashier and the others, each by a link of their own."),
            "user-plus",
            done=len({user for user, _role, _pin in staff}) > 1,
            to="staff:list",
            needs=Permission.STAFF_WRITE,
            is_optional=True,
        ),
        task(
            _("Put your members on the register"),
            _("Upload the spreadsheet you already have, or add them one by one."),
            "users",
            done=counted.active_members > 0 or _has_register(cooperative),
            to="imports:list",
            needs=Permission.MEMBERS_IMPORT,
        ),
        task(
            _("Enter your goods and stock"),
            _(
                "From a spreadsheet: price, barcode and how many there are. What is added by hand "
                "begins with no stock."
            ),
            "package",
            done=has_sold or _has_goods(cooperative),
            to="shops:products",
            needs=Permission.PRODUCTS_WRITE,
        ),
        task(
            _("Record the cash you begin with"),
            _("Count the cash box once; from then on the books follow it."),
            "cash",
            done=_has_opened(cooperative, has_sold=has_sold),
            to="finance:opening",
            needs=Permission.BOOKS_WRITE,
        ),
        task(
            _("Choose an approval PIN"),
            _("Chair and treasurer type it at the till when goods come back; the cashier cannot."),
            "password-user",
            done=any(pin and _approves(role) for _user, role, pin in staff),
            to="approval_pin",
            needs=Permission.SALES_APPROVE,
            is_optional=True,
        ),
        task(
            _("Enter your QRIS and bank account"),
            _("So that the till shows the code to pay by and the account for transfers."),
            "qrcode",
            done=TillSettings.objects.of(cooperative).exclude(qris_payload="").exists(),
            to="shops:till_settings",
            needs=Permission.TILL_WRITE,
            is_optional=True,
        ),
        task(
            _("Write down the rules for subsidised goods"),
            _("Only if you sell rice, oil or gas with a ceiling price or a limit for each buyer."),
            "scale",
            done=GoodsRule.objects.of(cooperative).exists(),
            to="shops:rules",
            needs=Permission.PRODUCTS_WRITE,
            is_optional=True,
        ),
        task(
            _("Make the first sale"),
            _("Open the till, tap an item and take the money."),
            "cash-register",
            done=has_sold,
            to="shops:till",
            needs=Permission.SALES_SELL,
        ),
    ]
    return [] if all(t.is_done or t.is_optional for t in tasks) else tasks


def _approves(role: str) -> bool:
    """Whether a role may let things happen at somebody else's till."""
    return Permission.SALES_APPROVE in PERMISSIONS[Role(role)]


def _staff(cooperative: Cooperative) -> list[tuple[UUID, str, UUID | None]]:
    """Who works here: each role with its person, and their PIN if there is one."""
    held = RoleHolding.objects.filter(cooperative=cooperative, user__is_active=True)
    return list(held.values_list("user_id", "role", "user__pin"))


def _has_register(cooperative: Cooperative) -> bool:
    """Whether members were put on it; whoever only asked about joining is none."""
    people = Member.objects.of(cooperative)
    return people.with_status(Status.ACTIVE, Status.INCOMPLETE, Status.LEFT).exists()


def _has_goods(cooperative: Cooperative) -> bool:
    """Whether there is something to sell: goods that came in, or a service."""
    came_in = StockMovement.objects.of(cooperative).exists()
    return came_in or Product.objects.of(cooperative).filter(is_service=True).exists()


def _has_opened(cooperative: Cooperative, *, has_sold: bool) -> bool:
    """Whether the cash of the beginning is in the books.

    Whoever sells and took over neither savings nor stock began with nothing.
    """
    if opening_queries.opening_cash(cooperative) is not None:
        return True
    return has_sold and not opening_queries.clearing(cooperative).by_kind
