"""Acts that take a key: what each is asked for, and what else it could be asked.

Each entry makes what its act needs and says how it is asked. ``content`` are other values of all
that tells one act from another, by parameter, and by field where a parameter is a dataclass.
``besides`` is what may differ between two tries of one act, with the value of another try; why
stands at :data:`REASONS`.
"""

import dataclasses
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from types import ModuleType
from typing import Any

import finance
import kkmp
import members
import shops
from finance.ledger.accounts import Code
from finance.ledger.services import corrections as journal_corrections
from finance.ledger.services import ledger
from finance.models import BusinessUnit, Journal
from finance.opening.services import opening as opening_cash
from kkmp.access.models import User
from kkmp.lib.identity import Nik
from kkmp.lib.ids import new_id
from kkmp.registry.models import Cooperative
from members.bodies.services import officers
from members.dues.services import collections
from members.joining.services import applications
from members.leaving.services import exits, kept, payouts
from members.models import (
    Body,
    CollectionSource,
    Exit,
    ExitReason,
    KeptMoney,
    Member,
    Position,
    SavingsEntry,
    SavingsKind,
    SavingsRole,
    Sex,
    Status,
)
from members.register.services import membership
from members.register.services.membership import Particulars
from members.savings.services import corrections, kinds, returns, savings
from members.takeover.services import bills, opening
from members.takeover.services.bills_rules import Bill
from members.takeover.services.opening_rules import Opening
from shops.credit.services import credits, ways_back
from shops.drawers.services import shifts
from shops.models import (
    CashReason,
    Method,
    PaidAs,
    PriceTier,
    Product,
    Sale,
    SaleLine,
    SalePayment,
    Settlement,
    Shift,
    VoucherBatch,
)
from shops.returns.services import returns as sale_returns
from shops.settling.services import settlements
from shops.settling.services.settlements import Arrived
from shops.stock.services import stock
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
    "shown_idr": "compared with what the first try was to book, not with what stands by now",
    "acts_seen": "compared with what had gone through the drawer at the first try",
    "needs_shift": "whether a till asks; it is checked before anything is written",
    "approved.by": "as `by`",
    "approved.approver": "who lets them is asked anew, and the first stays",
    "approved.shift": "the drawer of whoever does it: by then another may be open",
    "request.shown_idr": "compared with the prices of the first try, not of now",
    "request.confirmation": "told anew by the member; digits of the NIK are never kept",
    "request.shift_id": "the shift of the page; another may be open when it is sent again",
    "request.device": "another device may send what the first one could not",
}

#: Parameters and results of services that mention a key and are no act of their own.
STEPS = {
    "finance.ledger.services.ledger.prepared": "writes nothing: the caller posts it",
    "finance.ledger.services.ledger.derived_key": "makes a key",
    "finance.ledger.services.ledger.earlier": "looks one up",
    "members.savings.services.passbook.earlier": "looks one up",
    "members.takeover.services.bills.collection_of": "looks one up",
    "members.takeover.services.opening.journals_of": "looks them up",
    "shops.till.services.sale_context.read": "looks one up, for a sale",
    "members.leaving.services.payouts.pay_now": "a part of deciding and of paying",
    "members.leaving.services.kept.keep_credit": "a part of saying that a payment came after all",
    "members.takeover.services.bulk_reversal.reverse_all": "a part of undoing an import",
    "members.takeover.services.opening_undo.take_back": "a part of undoing an import",
    "shops.goods.services.products.add_many": "a part of an import; names tell goods apart",
}


@dataclass
class Asked:
    """How an act is asked."""

    ask: dict[str, Any]
    content: dict[str, Any]
    besides: dict[str, Any] = field(default_factory=dict)


Make = Callable[["House"], Asked]
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
    """The same arguments with one of them, or a field of one, changed."""
    name, _, part = path.partition(".")
    return ask | {name: replace(ask[name], **{part: value}) if part else value}


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


ORDER = vouchers.Ordered(
    buyer="Dinas Sosial (rekaan)",
    purpose="Paket Ramadan",
    value_idr=20_000,
    count=3,
    valid_until=MONDAY + timedelta(days=30),
    method=Method.CREDIT,
    beneficiaries=3,
)
TERM = officers.Term(
    body=Body.BOARD,
    position=Position.CHAIR,
    name="Hartono (rekaan)",
    sex=Sex.MALE,
    started_on=date(2025, 6, 24),
    term_ends_on=date(2030, 6, 23),
)
PERSON = Particulars(
    name="Siti (rekaan)",
    nik=Nik("3374114107850001"),
    birth_place="Semarang",
    address="Jalan Melati 1",
    rt="001",
    rw="002",
    phone="+6281200000003",
    occupation="Pedagang",
)
#: Other particulars than those of :data:`PERSON`, one by one.
OTHER_PERSON: dict[str, Any] = {
    "name": "Siti Aminah (rekaan)",
    "nik": Nik("3374114107850002"),
    "birth_place": "Demak",
    "birth_date": date(1985, 7, 2),
    "sex": Sex.MALE,
    "address": "Jalan Mawar 1",
    "rt": "009",
    "rw": "009",
    "phone": "+6281200000004",
    "occupation": "Guru",
    "is_civil_servant": True,
    "agency": "Dinas Pendidikan",
    "category": "extraordinary",
}


def fields_of(name: str, values: dict[str, Any]) -> dict[str, Any]:
    return {f"{name}.{part}": value for part, value in values.items()}


# --- The books ---------------------------------------------------------------------------------


@act(ledger.post)
def _post(house: House) -> Asked:
    ask = {
        "cooperative": house.cooperative,
        "kind": "manual",
        "memo": "Titipan (rekaan)",
        "entries": pair(10_000),
        "on": MONDAY,
        "by": house.tono,
    }
    content = {
        "kind": "opening.cash",
        "memo": "Titipan lain (rekaan)",
        "entries": pair(10_000, Code.OTHER_EXPENSES),
        "on": TUESDAY,
        "reverses": house.journal(),
        "content": ledger.content_of("manual", "something else"),
    }
    return Asked(ask, content, {"by": house.budi})


@act(ledger.reverse)
def _reverse(house: House) -> Asked:
    ask = {"journal": house.journal(), "memo": "Salah", "on": MONDAY, "by": house.tono}
    content = {
        "journal": house.journal(),
        "memo": "Salah hitung",
        "on": TUESDAY,
        "content": ledger.content_of("manual", "something else"),
    }
    return Asked(ask, content, {"by": house.budi})


@act(journal_corrections.reverse)
def _correct_journal(house: House) -> Asked:
    ask = {"journal": house.journal(), "reason": "Salah", "on": MONDAY, "by": house.tono}
    content = {"journal": house.journal(), "reason": "Salah hitung"}
    return Asked(ask, content, {"on": TUESDAY, "by": house.budi})


@act(opening_cash.record)
def _open_books(house: House) -> Asked:
    ask = {
        "cooperative": house.cooperative,
        "cash_idr": 500_000,
        "bank_idr": 700_000,
        "on": MONDAY,
        "by": house.tono,
    }
    content = {"cash_idr": 700_000, "bank_idr": 500_000, "on": TUESDAY}
    return Asked(ask, content, {"by": house.budi})


# --- Members -----------------------------------------------------------------------------------


@act(membership.register)
def _register(house: House) -> Asked:
    ask = {
        "cooperative": house.cooperative,
        "particulars": replace(PERSON, nik=Nik("3374114107850003")),
        "status": Status.APPLIED,
        "on": MONDAY,
        "by": house.rini,
    }
    content = fields_of("particulars", OTHER_PERSON) | {"status": Status.LEAD}
    return Asked(ask, content, {"on": TUESDAY, "by": house.budi})


@act(applications.submit)
def _apply(house: House) -> Asked:
    ask = {
        "cooperative": house.cooperative,
        "particulars": PERSON,
        "notice_version": "2026-11",
        "at": MORNING,
    }
    content = fields_of("particulars", OTHER_PERSON) | {"notice_version": "2026-12"}
    return Asked(ask, content, {"at": NEXT_MORNING})


def _other_term(house: House) -> dict[str, Any]:
    other: dict[str, Any] = {
        "body": Body.SUPERVISORS,
        "position": Position.SECRETARY,
        "started_on": TERM.started_on + timedelta(days=1),
        "term_ends_on": TERM.term_ends_on + timedelta(days=1),
        "name": "Hartini (rekaan)",
        "sex": Sex.FEMALE,
        "member": house.ani,
        "is_kelurahan_head": True,
        "decision_number": "7/RAT/2026",
    }
    return fields_of("term", other)


@act(officers.add)
def _add_officer(house: House) -> Asked:
    ask = {"cooperative": house.cooperative, "term": TERM, "by": house.rini}
    return Asked(ask, _other_term(house), {"by": house.budi})


@act(officers.renew)
def _renew_officer(house: House) -> Asked:
    officer, other = (
        officers.add(cooperative=house.cooperative, term=replace(TERM, name=name), by=house.rini)
        for name in ("Hartono (rekaan)", "Suryo (rekaan)")
    )
    term = replace(TERM, started_on=MONDAY, term_ends_on=date(2031, 11, 22))
    ask = {"officer": officer, "term": term, "on": MONDAY, "by": house.rini}
    content = _other_term(house) | {"officer": other}
    return Asked(ask, content, {"on": TUESDAY, "by": house.budi})


@act(savings.deposit)
def _deposit(house: House) -> Asked:
    ask = {
        "member": house.ani,
        "kind": house.voluntary,
        "amount_idr": 25_000,
        "on": MONDAY,
        "by": house.tono,
    }
    content = {
        "member": house.dian,
        "kind": house.kind(SavingsRole.MANDATORY),
        "amount_idr": 30_000,
        "into": Code.OPENING_CLEARING,
    }
    return Asked(ask, content, {"on": TUESDAY, "by": house.budi})


@act(savings.withdraw)
def _withdraw(house: House) -> Asked:
    house.deposit(house.ani, 50_000)
    house.deposit(house.dian, 50_000)
    ask = {
        "member": house.ani,
        "kind": house.voluntary,
        "amount_idr": 20_000,
        "on": MONDAY,
        "by": house.tono,
    }
    content = {
        "member": house.dian,
        "kind": house.kind(SavingsRole.MANDATORY),
        "amount_idr": 10_000,
    }
    return Asked(ask, content, {"on": TUESDAY, "by": house.budi})


@act(corrections.reverse_entry)
def _correct_entry(house: House) -> Asked:
    entry, other = house.deposit(house.ani, 25_000), house.deposit(house.ani, 25_000)
    ask = {"entry": entry, "reason": "Salah", "on": MONDAY, "by": house.tono}
    content = {"entry": other, "reason": "Salah orang"}
    return Asked(ask, content, {"on": TUESDAY, "by": house.budi})


@act(returns.credit)
def _credit_returns(house: House) -> Asked:
    terms = kinds.Terms(name=house.voluntary.name, return_percent=Decimal(6))
    kind = kinds.change(kind=house.voluntary, terms=terms, version=1, by=house.tono)
    house.deposit(house.ani, 1_000_000, kind, on=date(2026, 10, 5))
    october, november = date(2026, 10, 1), date(2026, 11, 1)
    ask = {
        "cooperative": house.cooperative,
        "month": november,
        "shown": returns.content(returns.due(house.cooperative, november)),
        "on": date(2026, 12, 1),
        "by": house.tono,
    }
    content = {"month": october, "shown": returns.content([])}
    return Asked(ask, content, {"on": date(2026, 12, 2), "by": house.budi})


@act(collections.collect)
def _collect(house: House) -> Asked:
    mandatory = house.kind(SavingsRole.MANDATORY)
    ask = {
        "cooperative": house.cooperative,
        "payments": [collections.Payment(house.ani, mandatory, 10_000)],
        "title": "Rapat RW 03",
        "on": MONDAY,
        "by": house.tono,
    }
    content = {
        "payments": [collections.Payment(house.dian, mandatory, 10_000)],
        "title": "Rapat RW 04",
        "source": CollectionSource.BILLS,
        "into": Code.OPENING_CLEARING,
    }
    return Asked(ask, content, {"on": TUESDAY, "by": house.budi})


@act(exits.request)
def _ask_to_leave(house: House) -> Asked:
    heir = exits.Heir("Tuti (rekaan)", "anak", "+6281200000005")
    ask = {
        "member": house.ani,
        "reason": ExitReason.DIED,
        "note": "Surat keluarga",
        "heir": heir,
        "asked_on": MONDAY,
        "on": TUESDAY,
        "by": house.rini,
    }
    content = {
        "member": house.dian,
        "reason": ExitReason.RESIGNED,
        "note": "Surat lain",
        "heir.heir_name": "Titi (rekaan)",
        "heir.heir_relation": "istri",
        "heir.heir_phone": "+6281200000006",
        "asked_on": TUESDAY,
    }
    return Asked(ask, content, {"on": TUESDAY + timedelta(days=1), "by": house.budi})


@act(exits.decide)
def _decide(house: House) -> Asked:
    later = TUESDAY + timedelta(days=7)
    ask = {
        "exit": house.leaving(house.ani),
        "decision": exits.Decision("12/BA/2026", MONDAY, later),
        "on": TUESDAY,
        "by": house.budi,
    }
    content = {
        "exit": house.leaving(house.dian),
        "decision.number": "13/BA/2026",
        "decision.decided_on": TUESDAY,
        "decision.pay_on": None,
    }
    besides = {"on": TUESDAY + timedelta(days=1), "by": house.tono, "shown_idr": 1}
    return Asked(ask, content, besides)


@act(payouts.pay)
def _pay_out(house: House) -> Asked:
    ask = {"exit": house.left(house.ani), "on": TUESDAY, "by": house.tono}
    content = {"exit": house.left(house.dian)}
    besides = {"on": TUESDAY + timedelta(days=1), "by": house.budi, "shown_idr": 1}
    return Asked(ask, content, besides)


@act(kept.pay)
def _pay_kept(house: House) -> Asked:
    ask = {"kept": house.kept(house.ani), "paid_to": "Ani", "on": TUESDAY, "by": house.tono}
    content = {"kept": house.kept(house.dian), "paid_to": "Dian"}
    besides = {"on": TUESDAY + timedelta(days=1), "by": house.budi, "shown_idr": 1}
    return Asked(ask, content, besides)


@act(kept.unpay)
def _undo_kept(house: House) -> Asked:
    paid, other = (
        kept.pay(kept=house.kept(who), paid_to="Tuti", key=new_id(), on=TUESDAY, by=house.tono)
        for who in (house.ani, house.dian)
    )
    ask = {"kept": paid, "reason": "Uang masih di kas", "on": TUESDAY, "by": house.tono}
    content = {"kept": other, "reason": "Salah orang"}
    return Asked(ask, content, {"on": TUESDAY + timedelta(days=1), "by": house.budi})


@act(payouts.unpay)
def _undo_payout(house: House) -> Asked:
    ask = {
        "exit": house.paid_out(house.ani),
        "reason": "Uang masih di kas",
        "on": TUESDAY,
        "by": house.tono,
    }
    content = {"exit": house.paid_out(house.dian), "reason": "Salah orang"}
    return Asked(ask, content, {"on": TUESDAY + timedelta(days=1), "by": house.budi})


@act(opening.take_over)
def _take_over(house: House) -> Asked:
    person = Opening(
        particulars=PERSON,
        status=Status.ACTIVE,
        since=date(2025, 9, 1),
        principal_idr=100_000,
        mandatory_idr=20_000,
    )
    # Without an identity number nothing else would tell that she was taken over before.
    lead = Opening(
        particulars=Particulars(name="Wati (rekaan)"), status=Status.LEAD, since=date(2025, 9, 1)
    )
    ask = {
        "cooperative": house.cooperative,
        "people": [person, lead],
        "on": MONDAY,
        "by": house.rini,
    }
    content = {"people": [replace(person, mandatory_idr=30_000), lead], "on": TUESDAY}
    return Asked(ask, content, {"by": house.budi})


@act(bills.take_over)
def _take_over_bills(house: House) -> Asked:
    bill = Bill(member_id=house.ani.id, month=date(2026, 10, 1), amount_idr=10_000)
    ask = {
        "cooperative": house.cooperative,
        "payments": [bill],
        "title": "tagihan.xlsx",
        "on": MONDAY,
        "by": house.tono,
    }
    content = {
        "payments": [replace(bill, amount_idr=20_000)],
        "title": "tagihan-2.xlsx",
        "on": TUESDAY,
    }
    return Asked(ask, content, {"by": house.budi})


# --- The shop ----------------------------------------------------------------------------------


@act(stock.take_opening)
def _take_stock(house: House) -> Asked:
    gula = shop.products.add(
        cooperative=house.cooperative, particulars=shop.particulars(house.unit), by=house.budi
    )
    ask = {
        "cooperative": house.cooperative,
        "lines": [stock.OpeningLine(gula, Decimal(10), 16_000)],
        "on": MONDAY,
        "by": house.budi,
    }
    # The same value of other goods.
    content = {"lines": [stock.OpeningLine(gula, Decimal(16), 10_000)], "on": TUESDAY}
    return Asked(ask, content, {"by": house.tono})


@act(shifts.open_shift)
def _open_shift(house: House) -> Asked:
    ask = {
        "cooperative": house.cooperative,
        "unit": house.unit,
        "drawer": "Laci 1",
        "float_idr": 50_000,
        "at": MORNING,
        "by": house.sari,
    }
    content = {
        "unit": house.other_unit,
        "drawer": "Laci 2",
        "float_idr": 0,
        # The drawer is whose it is.
        "by": house.budi,
    }
    return Asked(ask, content, {"at": NEXT_MORNING})


@act(shifts.move_cash)
def _move_cash(house: House) -> Asked:
    ask = {
        "shift": house.shift(house.sari),
        "reason": CashReason.EXPENSE,
        "amount_idr": 5_000,
        "note": "Plastik",
        "at": MORNING,
        "by": house.sari,
    }
    content = {
        "shift": house.shift(house.budi),
        "reason": CashReason.DEPOSIT,
        "amount_idr": 6_000,
        "note": "Lakban",
    }
    return Asked(ask, content, {"at": NEXT_MORNING, "by": house.budi})


@act(shifts.close)
def _close(house: House) -> Asked:
    ask = {
        "shift": house.shift(house.sari),
        "counted": shifts.Counted({50_000: 1}),
        "note": "",
        "at": MORNING,
        "by": house.sari,
    }
    content = {
        "shift": house.shift(house.budi),
        # The same sum in other pieces.
        "counted": shifts.Counted({20_000: 2, 10_000: 1}),
        "note": "Kurang hitung",
    }
    return Asked(ask, content, {"at": NEXT_MORNING, "by": house.budi, "acts_seen": 9})


@act(sales.sell)
def _sell(house: House) -> Asked:
    line = sales.SoldLine(house.gula.id, Decimal(1), PriceTier.GENERAL)
    request = sales.SaleRequest(
        unit_code=house.unit.code,
        lines=[line],
        payments=[sales.Tender(Method.CASH, 20_000)],
        key=new_id(),
    )
    ask = {
        "cooperative": house.cooperative,
        "request": request,
        "at": MORNING,
        "by": house.sari,
        "needs_shift": False,
    }
    other: dict[str, Any] = {
        "unit_code": house.other_unit.code,
        "lines": [replace(line, quantity=Decimal(2))],
        "payments": [sales.Tender(Method.CASH, 50_000)],
        "member_id": house.ani.id,
        "discount_idr": 500,
        "buyer_nik": Nik("3374114107850001"),
    }
    besides = {
        "at": NEXT_MORNING,
        "by": house.budi,
        "may_discount": True,
        "needs_shift": True,
        "request.shown_idr": 1,
        "request.confirmation": "0001",
        "request.shift_id": new_id(),
        "request.device": "laci-2",
    }
    return Asked(ask, fields_of("request", other), besides)


@act(sale_returns.take_back)
def _take_back(house: House) -> Asked:
    shift, other_shift = house.shift(house.sari), house.shift(house.tono)
    sale, other = house.sold(), house.sold()
    line = SaleLine.objects.of(house.cooperative).get(sale=sale)
    approved = sale_returns.Approved(by=house.sari, approver=house.budi, shift=shift)
    ask = {
        "sale": sale,
        "quantities": {line.id: Decimal(1)},
        "reason": "Kemasan rusak",
        "at": MORNING,
        "approved": approved,
    }
    content = {
        "sale": other,
        "quantities": None,
        "reason": "Salah ambil",
        "instead": sale_returns.Instead(PaidAs.CASH, "Tini (rekaan)"),
        "approved.brought_idr": 10_000,
    }
    besides = {
        "shown_idr": 1,
        "at": NEXT_MORNING,
        "approved.by": house.tono,
        "approved.approver": house.rini,
        "approved.shift": other_shift,
    }
    return Asked(ask, content, besides)


@act(ways_back.pay_out)
def _pay_out_credit(house: House) -> Asked:
    for member in (house.ani, house.dian):
        ledger.post(
            cooperative=house.cooperative,
            kind="manual",
            memo="Retur (rekaan)",
            entries=[
                ledger.debit(Code.MEMBER_SALES, 20_000),
                ledger.credit(Code.MEMBER_CREDIT, 20_000, party=member.party),
            ],
            key=new_id(),
            on=MONDAY,
            by=house.tono,
        )
    ask = {
        "member": house.ani,
        "method": Method.TRANSFER,
        "amount_idr": 10_000,
        "reference": "BCA 1",
        "at": MORNING,
        "by": house.tono,
    }
    content = {
        "member": house.dian,
        "method": Method.CASH,
        "amount_idr": 11_000,
        "reference": "BCA 2",
    }
    return Asked(ask, content, {"at": NEXT_MORNING, "by": house.budi, "shown_idr": 1})


@act(ways_back.undo)
def _undo_credit(house: House) -> Asked:
    made = []
    for member in (house.ani, house.dian):
        credits.set_terms(member=member, limit_idr=500_000, due_days=30, version=0, by=house.tono)
        paid = [sales.Tender(Method.CREDIT, 34_600)]
        shop.sold(house.unit, house.sari, (house.gula, "2"), member=member, payments=paid)
        made.append(
            credits.pay(
                member=member,
                method=Method.CASH,
                amount_idr=10_000,
                key=new_id(),
                at=MORNING,
                by=house.tono,
                into_cash_box=True,
            )
        )
    ask = {"payment": made[0], "reason": "Salah orang", "at": MORNING, "by": house.tono}
    content = {"payment": made[1], "reason": "Dua kali"}
    return Asked(ask, content, {"at": NEXT_MORNING, "by": house.budi})


@act(credits.pay)
def _pay_credit(house: House) -> Asked:
    for member in (house.ani, house.dian):
        credits.set_terms(member=member, limit_idr=500_000, due_days=30, version=0, by=house.tono)
        paid = [sales.Tender(Method.CREDIT, 34_600)]
        shop.sold(house.unit, house.sari, (house.gula, "2"), member=member, payments=paid)
    ask = {
        "member": house.ani,
        "method": Method.TRANSFER,
        "amount_idr": 10_000,
        "reference": "BCA 1",
        "at": MORNING,
        "by": house.tono,
    }
    content = {
        "member": house.dian,
        "method": Method.QRIS,
        "amount_idr": 11_000,
        "reference": "BCA 2",
    }
    return Asked(ask, content, {"at": NEXT_MORNING, "by": house.budi, "into_cash_box": True})


@act(settlements.settle)
def _settle(house: House) -> Asked:
    paid, other = house.qris(), house.qris()
    arrived = Arrived(ids=[paid.id], net_idr=34_900, on=MONDAY, reference="X1")
    ask = {"cooperative": house.cooperative, "arrived": arrived, "by": house.tono}
    different = {"ids": [other.id], "net_idr": 34_800, "on": TUESDAY, "reference": "X2"}
    besides = {"by": house.budi, "shown_idr": 1}
    return Asked(ask, fields_of("arrived", different), besides)


@act(settlements.undo)
def _unsettle(house: House) -> Asked:
    ask = {"settlement": house.settled(), "reason": "Salah", "on": MONDAY, "by": house.tono}
    content = {"settlement": house.settled(), "reason": "Salah hari"}
    return Asked(ask, content, {"on": TUESDAY, "by": house.budi})


@act(vouchers.issue)
def _issue(house: House) -> Asked:
    ask = {"cooperative": house.cooperative, "ordered": ORDER, "on": MONDAY, "by": house.tono}
    other: dict[str, Any] = {
        "buyer": "Masjid Al-Huda (rekaan)",
        "purpose": "Paket sekolah",
        "value_idr": 25_000,
        "count": 2,
        "valid_until": MONDAY + timedelta(days=31),
        "method": Method.CASH,
        "beneficiaries": 4,
    }
    return Asked(ask, fields_of("ordered", other), {"on": TUESDAY, "by": house.budi})


@act(vouchers.end)
def _end(house: House) -> Asked:
    after = ORDER.valid_until + timedelta(days=1)
    ask = {"batch": house.batch(), "on": after, "by": house.tono}
    # Alike in all but that it is another one.
    besides = {"on": after + timedelta(days=1), "by": house.budi, "shown_idr": 1}
    return Asked(ask, {"batch": house.batch()}, besides)


@act(vouchers.receive)
def _receive(house: House) -> Asked:
    ask = {
        "batch": house.batch(),
        "method": Method.TRANSFER,
        "amount_idr": 10_000,
        "on": MONDAY,
        "by": house.tono,
    }
    content = {"batch": house.batch(), "method": Method.CASH, "amount_idr": 20_000}
    return Asked(ask, content, {"on": TUESDAY, "by": house.budi})
