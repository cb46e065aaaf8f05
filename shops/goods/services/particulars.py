"""What is kept of a product, and what can be checked of it without looking at others."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from finance.ledger.accounts import Code
from finance.ledger.models import BusinessUnit
from kkmp.lib.errors import DomainError
from kkmp.lib.money import group_thousands
from kkmp.lib.periods import DateError, refuse_far
from kkmp.lib.quantity import LIMIT, PLACES
from shops.goods import presets
from shops.goods.models import Category, Product
from shops.pricing.terms import MAX_PRICE_IDR

#: What services earn on.
SERVICE_ACCOUNTS = (Code.AGENCY_COMMISSION, Code.DELIVERY)
#: Goods are best before a day within so many years.
MOST_YEARS = 10
MOST_IN_CARTON = 100_000
_PRICES = ("general_price_idr", "member_price_idr", "wholesale_price_idr", "institution_price_idr")


class ProductRefused(DomainError):
    """The product cannot be as asked; the message is fit to show."""


@dataclass(frozen=True, kw_only=True)
class Details:
    """What is kept of a product, whichever way its unit of business is named.

    Prices are whole rupiah for one ``measure``.

    :param category: its name; a new one is made where the cooperative has none so named
    :param wholesale_price_idr: None where it is not sold at a wholesale price
    :param institution_price_idr: None where institutions pay the general price
    :param is_weighed: sold in parts of a measure
    :param is_subsidised: a name that is known as subsidised makes it so as well
    :param is_service: delivery or an agency's work; it has no stock, no carton and no last day
    :param income_code: of :data:`SERVICE_ACCOUNTS`, for services alone
    """

    category: str
    name: str
    measure: str
    general_price_idr: int
    member_price_idr: int
    wholesale_price_idr: int | None = None
    institution_price_idr: int | None = None
    is_service: bool = False
    income_code: str = ""
    code: str = ""
    is_weighed: bool = False
    pack_size: int | None = None
    stock_min: Decimal = Decimal(0)
    expires_on: date | None = None
    is_subsidised: bool = False


@dataclass(frozen=True, kw_only=True)
class Particulars(Details):
    """A product as it is added or edited one at a time."""

    unit: BusinessUnit


@dataclass(frozen=True, kw_only=True)
class ListedProduct(Details):
    """A row of a list of goods, with what was on the shelf when the books began.

    :param unit: name of the unit of business; it is opened where there is none so named
    :param cost_idr: what one measure was bought for; needed where there is opening stock
    """

    unit: str
    opening_quantity: Decimal = Decimal(0)
    cost_idr: int = 0


AnyDetails = TypeVar("AnyDetails", bound=Details)


def tidied(details: AnyDetails) -> AnyDetails:
    """The details without stray spaces, and for a service without what only a shelf has."""
    is_subsidised = details.is_subsidised or presets.is_known_subsidised(details.name)
    fitting: dict[str, Any] = {"income_code": "", "is_subsidised": is_subsidised}
    if details.is_service:
        fitting = {
            "pack_size": None,
            "stock_min": Decimal(0),
            "expires_on": None,
            "is_subsidised": False,
        }
    return replace(
        details,
        **fitting,
        name=" ".join(details.name.split()),
        category=" ".join(details.category.split()),
        measure=" ".join(details.measure.split()),
        code="".join(details.code.split()),
    )


def refuse_unsound(details: Details, *, on: date) -> None:
    """Check what can be known without looking at other products.

    :param on: today
    :raises ProductRefused: with one message for each input that is wrong
    """
    wrong = _texts(details) | _prices(details)
    if details.is_service and details.income_code not in SERVICE_ACCOUNTS:
        wrong["income_code"] = _("Choose what this service earns.")
    if details.pack_size is not None and details.pack_size <= 0:
        wrong["pack_size"] = _("A carton holds at least one.")
    elif details.pack_size is not None and details.pack_size > MOST_IN_CARTON:
        wrong["pack_size"] = _("At most %(limit)s.") % {"limit": group_thousands(MOST_IN_CARTON)}
    if details.stock_min < 0:
        wrong["stock_min"] = _("The minimum stock cannot be below zero.")
    elif details.stock_min >= LIMIT or details.stock_min % PLACES:
        wrong["stock_min"] = _("This quantity makes no sense.")
    wrong |= _days(details, on)
    if wrong:
        raise ProductRefused(
            next(iter(wrong.values())), fields={name: [text] for name, text in wrong.items()}
        )


def _texts(details: Details) -> dict[str, str]:
    missing = {
        "name": _("Write the name of the product."),
        "category": _("Choose or write a category."),
        "measure": _("Write what it is sold per, like pcs or kg."),
    }
    wrong = {name: text for name, text in missing.items() if not getattr(details, name)}
    for name, model in (
        ("name", Product),
        ("category", Category),
        ("measure", Product),
        ("code", Product),
    ):
        column = "name" if name == "category" else name
        longest = getattr(model._meta.get_field(column), "max_length", 0)
        if len(getattr(details, name)) > longest:
            wrong[name] = _("At most %(count)s letters.") % {"count": longest}
    return wrong


def _days(details: Details, on: date) -> dict[str, str]:
    try:
        refuse_far(details.expires_on, on=on, field="expires_on", years=MOST_YEARS)
    except DateError as refusal:
        return {"expires_on": str(refusal)}
    return {}


def _prices(details: Details) -> dict[str, str]:
    prices = {
        name: getattr(details, name) for name in _PRICES if getattr(details, name) is not None
    }
    wrong = {}
    for name, price in prices.items():
        if price <= 0:
            wrong[name] = _("The price must be more than zero.")
        elif price > MAX_PRICE_IDR:
            wrong[name] = _("This price is too large to be right.")
        elif price > details.general_price_idr > 0:
            wrong[name] = _("This price cannot be above the general price.")
    return wrong
