"""What an act with a key is asked for, and a house in which it can be."""

import dataclasses
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from types import ModuleType
from typing import Any

import finance
import kkmp
import members
import shops
from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from finance.models import BusinessUnit, Journal
from kkmp.access.models import User
from kkmp.lib.identity import Nik
from kkmp.lib.ids import new_id
from kkmp.registry.models import Cooperative
from members.leaving.services import exits, kept, payouts
from members.models import (
    Exit,
    ExitReason,
    KeptMoney,
    Member,
    SavingsEntry,
    SavingsKind,
    SavingsRole,
)
from members.register.services import membership
from members.register.services.membership import Particulars
from members.savings.services import savings
from shops.models import (
    Method,
    Product,
    Sale,
    SalePayment,
    Settlement,
    Shift,
    VoucherBatch,
)
from shops.settling.services import settlements
from shops.settling.services.settlements import Arrived
from shops.till.services import sales
from shops.units.services import units
from shops.vouchers.services import vouchers
from tests.conftest import MONDAY
from tests.shops import conftest as shop

TUESDAY = MONDAY + timedelta(days=1)
MORNING = shop.MORNING
NEXT_MORNING = MORNING + timedelta(days=1)

#: Why a parameter is no content.
REASONS = {
    "cooperative": "a key is its cooperative's own; nobody else's is ever looked at",
    "by": "a colleague may finish what somebody has begun; the first is who did it",
    "on": "the day of the clock: a form sent again after midnight means the same",
    "at": "the moment of the clock, for the same reason",
    "into_cash_box": "what the role of whoever takes the money allows",
    "may_discount": "what the role of whoever sells allows",
    "may_wholesale": "what the role of whoever sells allows",
    "shown_idr": "compared with what the first try was to book, not with what stands by now",
    "acts_seen": "compared with what had gone through the drawer at the first try",
    "needs_shift": "whether a till asks; it is checked before anything is written",
    "approved.by": "as `by`",
    "approved.approver": "who lets them is asked anew, and the first stays",
    "approved.shift": "the drawer of whoever does it: by then another may be open",
    "request.shown_idr": "compared with the prices of the first try, not of now",
    "request.proof": "that the member typed the PIN; it is kept nowhere, nor asked for again",
    "request.shift_id": "the shift of the page; another may be open when it is sent again",
    "request.device": "another device may send what the first one could not",
}

#: Parameters and results of services that mention a key and are no act of their own.
STEPS = {
    "finance.ledger.services.ledger.prepared": "writes nothing: the caller posts it",
    "finance.ledger.services.ledger.derived_key": "makes a key",
    "finance.ledger.services.ledger.posted_before": "looks one up",
    "kkmp.access.services.devices.seen": "the key of a cookie, which is no act's",
    "members.savings.services.passbook.recorded_before": "looks one up",
    "members.takeover.services.bills.collection_of": "looks one up",
    "members.takeover.services.opening.journals_of": "looks them up",
    "shops.till.services.sale_context.read": "looks one up, for a sale",
    "shops.till.services.proofs.proven": "looks one up: what was sold already asks for no PIN",
    "members.leaving.services.payouts.pay_now": "a part of deciding and of paying",
    "members.leaving.services.kept.keep_credit": "a part of saying that a payment came after all",
    "members.takeover.services.bulk_reversal.reverse_all": "a part of undoing an import",
    "members.takeover.services.opening_undo.take_back": "a part of undoing an import",
    "shops.drawers.services.shifts.post": "a part of opening, closing and moving cash",
    "shops.goods.services.products.add_many": "a part of an import; names tell goods apart",
}


@dataclass
class KeyedCall:
    """A call of an act with a key."""

    ask: dict[str, Any]
    content: dict[str, Any]
    besides: dict[str, Any] = field(default_factory=dict)


Make = Callable[["House"], KeyedCall]
ACTS: dict[Callable[..., Any], Make] = {}


def act(service: Callable[..., Any]) -> Callable[[Make], Make]:
    def remember(make: Make) -> Make:
        assert service not in ACTS
        ACTS[service] = make
        return make

    return remember


def name_of(service: Callable[..., Any]) -> str:
    return f"{service.__module__}.{service.__name__}"


def services() -> Iterator[Callable[..., Any]]:
    """Every public function of services that takes a key, as a parameter or within one."""
    for module in _modules():
        for name, found in vars(module).items():
            is_own = inspect.isfunction(found) and found.__module__ == module.__name__
            if is_own and not name.startswith("_") and _takes_key(found):
                yield found


def _modules() -> Iterator[ModuleType]:
    for root in (finance, members, shops, kkmp):
        for found in pkgutil.walk_packages(root.__path__, f"{root.__name__}."):
            if ".services." in f"{found.name}.":
                yield importlib.import_module(found.name)


def _takes_key(service: Callable[..., Any]) -> bool:
    return any(path.rpartition(".")[2] == "key" for path in paths(service))


def paths(service: Callable[..., Any]) -> list[str]:
    """The parameters of a service, and the fields of those that are dataclasses."""
    found = []
    for name, parameter in inspect.signature(inspect.unwrap(service)).parameters.items():
        kind = parameter.annotation
        if isinstance(kind, type) and dataclasses.is_dataclass(kind):
            found += [f"{name}.{each.name}" for each in dataclasses.fields(kind)]
        else:
            found.append(name)
    return found


def changed(ask: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The arguments with one of them, or a field of one, changed."""
    name, _, part = path.partition(".")
    return ask | {name: replace(ask[name], **{part: value}) if part else value}


ORDER = vouchers.Ordered(
    buyer="Dinas Sosial (rekaan)",
    purpose="Paket Ramadan",
    value_idr=20_000,
    count=3,
    valid_until=MONDAY + timedelta(days=30),
    method=Method.CREDIT,
    beneficiaries=3,
)


class House:
    """A cooperative with a shop, two members, and somebody for everything; made as needed."""

    def __init__(self, cooperative: Cooperative, **people: User) -> None:
        self.cooperative = cooperative
        self.sari, self.tono = people["sari"], people["tono"]
        self.rini, self.budi = people["rini"], people["budi"]
        shop.fill_cash_box(cooperative, 10_000_000)

    def kind(self, role: SavingsRole) -> SavingsKind:
        return SavingsKind.objects.of(self.cooperative).filter(role=role).order_by("id")[0]

    @cached_property
    def voluntary(self) -> SavingsKind:
        return self.kind(SavingsRole.VOLUNTARY)

    @cached_property
    def ani(self) -> Member:
        return shop.enrol_ani(self.cooperative, self.budi)

    @cached_property
    def dian(self) -> Member:
        return self.enrolled("Dian (rekaan)", "3374115203900013")

    def enrolled(self, name: str, nik: str) -> Member:
        member = membership.register(
            cooperative=self.cooperative,
            particulars=Particulars(name=name, nik=Nik(nik)),
            on=MONDAY,
            by=self.budi,
        )
        principal = self.kind(SavingsRole.PRINCIPAL)
        return self.deposit(member, 100_000, principal).member

    def deposit(
        self, member: Member, amount_idr: int, kind: SavingsKind | None = None, on: date = MONDAY
    ) -> SavingsEntry:
        return savings.deposit(
            member=member,
            kind=kind or self.voluntary,
            amount_idr=amount_idr,
            key=new_id(),
            on=on,
            by=self.tono,
        )

    def leaving(self, member: Member) -> Exit:
        return exits.request(
            member=member, reason=ExitReason.RESIGNED, key=new_id(), on=MONDAY, by=self.rini
        )

    def left(self, member: Member) -> Exit:
        """Decided, with the savings still to be paid."""
        return exits.decide(
            exit=self.leaving(member),
            decision=exits.Decision("1/BA/2026", MONDAY, TUESDAY),
            key=new_id(),
            on=MONDAY,
            by=self.budi,
        )

    def paid_out(self, member: Member) -> Exit:
        return payouts.pay(exit=self.left(member), key=new_id(), on=TUESDAY, by=self.tono)

    def kept(self, member: Member) -> KeptMoney:
        """Five thousand that came for somebody and waits."""
        return kept.keep_credit(
            member=member,
            amount_idr=5_000,
            reason="Retur (rekaan)",
            key=new_id(),
            on=MONDAY,
            by=self.tono,
        )

    def journal(self, memo: str = "Titipan (rekaan)") -> Journal:
        return ledger.post(
            cooperative=self.cooperative,
            kind="manual",
            memo=memo,
            entries=pair(10_000),
            key=new_id(),
            on=MONDAY,
            by=self.tono,
        )

    @cached_property
    def unit(self) -> BusinessUnit:
        return shop.open_gerai(self.cooperative, self.budi)

    @cached_property
    def other_unit(self) -> BusinessUnit:
        return units.open_unit(
            cooperative=self.cooperative, name="Apotek", code="apotek", by=self.budi
        )

    @cached_property
    def gula(self) -> Product:
        return shop.stock_gula(self.unit, self.budi)

    @cached_property
    def telur(self) -> Product:
        return shop.stock_telur(self.unit, self.budi)

    def sold(self, **asked: Any) -> Sale:
        return shop.sold(self.unit, self.sari, (self.gula, "2"), **asked)

    def qris(self) -> SalePayment:
        paid = [sales.Tender(Method.QRIS, 35_000, "REF")]
        sale = self.sold(payments=paid)
        return SalePayment.objects.of(self.cooperative).get(sale=sale)

    def shift(self, by: User) -> Shift:
        return shop.open_shift(self.unit, by, float_idr=50_000)

    def settled(self) -> Settlement:
        arrived = Arrived(ids=[self.qris().id], net_idr=35_000, on=MONDAY)
        return settlements.settle(
            cooperative=self.cooperative, arrived=arrived, key=new_id(), by=self.tono
        )

    def batch(self, **changes: Any) -> VoucherBatch:
        return vouchers.issue(
            cooperative=self.cooperative,
            ordered=replace(ORDER, **changes),
            key=new_id(),
            on=MONDAY,
            by=self.tono,
        )


def pair(amount_idr: int, other: Code = Code.OTHER_INCOME) -> list[ledger.Entry]:
    return [ledger.debit(Code.CASH, amount_idr), ledger.credit(other, amount_idr)]


def fields_of(name: str, values: dict[str, Any]) -> dict[str, Any]:
    return {f"{name}.{part}": value for part, value in values.items()}
