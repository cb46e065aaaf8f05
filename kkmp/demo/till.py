"""The tills of the demo: a shift a day, its count in the evening, and Gedawang's settings."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID, uuid5

from finance.ledger.accounts import Code
from finance.ledger.models import BusinessUnit
from finance.opening.services import opening
from kkmp.access.models import User
from kkmp.demo.calendar import Calendar
from kkmp.lib.errors import insist
from kkmp.lib.existing import present
from kkmp.registry.models import Cooperative
from shops.drawers import cash
from shops.drawers.models import DENOMINATIONS, Shift
from shops.drawers.services import shifts
from shops.drawers.services.shifts import Counted
from shops.goods import presets
from shops.goods.models import Category, Colour, Product
from shops.goods.services import categories, packs, prices, products, rules
from shops.goods.services.particulars import Particulars
from shops.pricing.terms import PriceTier
from shops.settings.services import till_settings

_DRAWER = "Laci 1"
_FLOAT_IDR = 200_000
#: Cash in the cash box when the shop opens; the floats of shifts are taken from it.
_CASH_BOX_IDR = 1_000_000
_PREPARING = timedelta(minutes=10)
#: One in this many counts differs a little from what was expected.
_RARELY = 14
_COLOURS = {
    "Sembako": Colour.GREEN,
    "LPG": Colour.ORANGE,
    "Minuman": Colour.BLUE,
    "Angkringan": Colour.RED,
    "Kebersihan": Colour.TEAL,
    "Apotek": Colour.PURPLE,
    "Pertanian": Colour.YELLOW,
    "Layanan": Colour.GREY,
}
#: Name, price, and the account of its revenue.
_SERVICES = (
    ("Antar ke rumah", 5_000, Code.DELIVERY),
    ("Bayar listrik dan air (jasa)", 2_500, Code.AGENCY_COMMISSION),
)
#: An invented QRIS code; the acquirer's domain does not exist.
_QRIS = (
    "00020101021126680016ID.CO.CONTOH.WWW011893600000000000000102150000000000000010303UMI"
    "51440014ID.CO.QRIS.WWW0215ID10200000000010303UMI5204541153033605802ID5913KKMP GEDAWANG"
    "6008SEMARANG61055026662070703A0163047C52"
)


@dataclass(frozen=True, slots=True)
class Till:
    """A drawer of a unit of business, and its cashier.

    :param key: the idempotency keys of the till's acts are made from it
    """

    unit: BusinessUnit
    cashier: User
    key: UUID

    def fill_cash_box(self, opened: datetime) -> None:
        """Put into the books what the cash box holds on the first day."""
        opening.record(
            cooperative=self.unit.cooperative,
            cash_idr=_CASH_BOX_IDR,
            bank_idr=0,
            key=self._key("cash box"),
            on=opened.date(),
            by=self.cashier,
        )

    def open(self, first_sale: datetime) -> Shift:
        """Open the day's shift, a little before the first sale."""
        return shifts.open_shift(
            cooperative=self.unit.cooperative,
            unit=self.unit,
            drawer=_DRAWER,
            float_idr=_FLOAT_IDR,
            key=self._key(f"open {first_sale:%Y-%m-%d}"),
            at=first_sale - _PREPARING,
            by=self.cashier,
        )

    def close(self, shift: Shift, last_sale: datetime, random: Random) -> None:
        """Close the shift: the drawer is counted and all cash goes to the cash box."""
        off_idr = 0
        if random.randrange(_RARELY) == 0:
            off_idr = random.choice((-2_000, -1_000, -500, 500, 1_000))
        shifts.close(
            shift=shift,
            counted=pieces(cash.expected_idr(shift) + off_idr),
            note="",
            key=self._key(f"close {last_sale:%Y-%m-%d}"),
            at=last_sale + _PREPARING,
            by=self.cashier,
        )

    def _key(self, act: str) -> UUID:
        return uuid5(self.key, act)


def pieces(amount_idr: int) -> Counted:
    """The count of an amount in as few notes and coins as possible."""
    counted = {}
    for value in DENOMINATIONS:
        counted[value], amount_idr = divmod(amount_idr, value)
    insist(amount_idr == 0, "cash is rounded to the smallest coin")
    return Counted(counted)


def furnish(
    cooperative: Cooperative, goods: dict[str, Product], calendar: Calendar, by: User
) -> None:
    """Give Gedawang what a till can use: packs, prices by quantity, a rule, services, colours."""
    today = calendar.last + timedelta(days=1)
    for name, pack in (
        ("Mi Instan Goreng", ("dus", Decimal(40), "8990000071402", 128_000, 124_000, 116_000)),
        ("Gula Pasir 1 kg", ("bal", Decimal(12), "8990000071129", 208_000, 205_000, 199_000)),
    ):
        packs.add(product=goods[name], contents=_contents(*pack), by=by)
    prices.add(
        product=goods["Sabun Mandi 75 g"],
        terms=prices.Terms(
            tier=PriceTier.GENERAL,
            min_quantity=Decimal(10),
            price_idr=3_900,
            valid_from=today,
        ),
        on=today,
        by=by,
    )
    lpg = present(presets.preset("lpg-3kg"), "it is one of ours")
    rules.add(
        product=goods["LPG 3 kg"],
        terms=rules.Terms(valid_from=today, **lpg.initial()),
        on=today,
        by=by,
    )
    unit = goods["LPG 3 kg"].unit
    for name, price_idr, code in _SERVICES:
        service = Particulars(
            unit=unit,
            category="Layanan",
            name=name,
            measure="kali",
            general_price_idr=price_idr,
            member_price_idr=price_idr,
            is_service=True,
            income_code=code,
        )
        products.add(cooperative=cooperative, particulars=service, on=today, by=by)
    for shelf in Category.objects.of(cooperative).order_by("name"):
        colour = _COLOURS.get(shelf.name, Colour.GREY)
        categories.change(category=shelf, name=shelf.name, colour=colour, by=by)
    till_settings.change(
        cooperative=cooperative,
        choices=till_settings.Choices(
            cash_step_idr=100,
            qris_payload=_QRIS,
            bank_account="Bank Contoh 000-111-222, KKMP Gedawang",
            receipt_footer="Terima kasih. Belanja di koperasi, untungnya kembali ke kita.",
        ),
        version=1,
        by=by,
    )


def _contents(
    name: str, factor: Decimal, code: str, general: int, member: int, wholesale: int
) -> packs.Contents:
    return packs.Contents(
        name=name,
        factor=factor,
        code=code,
        general_price_idr=general,
        member_price_idr=member,
        wholesale_price_idr=wholesale,
    )
