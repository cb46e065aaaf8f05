"""Acts of members and their savings."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from finance.ledger.accounts import Code
from kkmp.lib.identity import Nik
from kkmp.lib.ids import new_id
from members.bodies.services import officers
from members.dues.services import collections
from members.joining.services import applications
from members.leaving.services import exits, kept, payouts
from members.models import (
    Body,
    CollectionSource,
    ExitReason,
    PaidBy,
    Position,
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
from tests.conftest import MONDAY
from tests.guards.keyed.acts import (
    MORNING,
    NEXT_MORNING,
    TUESDAY,
    House,
    KeyedCall,
    act,
    fields_of,
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


@act(membership.register)
def _register(house: House) -> KeyedCall:
    ask = {
        "cooperative": house.cooperative,
        "particulars": replace(PERSON, nik=Nik("3374114107850003")),
        "status": Status.APPLIED,
        "on": MONDAY,
        "by": house.rini,
    }
    content = fields_of("particulars", OTHER_PERSON) | {"status": Status.LEAD}
    return KeyedCall(ask, content, {"on": TUESDAY, "by": house.budi})


@act(applications.submit)
def _apply(house: House) -> KeyedCall:
    ask = {
        "cooperative": house.cooperative,
        "particulars": PERSON,
        "notice_version": "2026-11",
        "at": MORNING,
    }
    content = fields_of("particulars", OTHER_PERSON) | {"notice_version": "2026-12"}
    return KeyedCall(ask, content, {"at": NEXT_MORNING})


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
def _add_officer(house: House) -> KeyedCall:
    ask = {"cooperative": house.cooperative, "term": TERM, "on": MONDAY, "by": house.rini}
    return KeyedCall(ask, _other_term(house), {"on": TUESDAY, "by": house.budi})


@act(officers.renew)
def _renew_officer(house: House) -> KeyedCall:
    officer, other = (
        officers.add(
            on=MONDAY, cooperative=house.cooperative, term=replace(TERM, name=name), by=house.rini
        )
        for name in ("Hartono (rekaan)", "Suryo (rekaan)")
    )
    term = replace(TERM, started_on=MONDAY, term_ends_on=date(2031, 11, 22))
    ask = {"officer": officer, "term": term, "on": MONDAY, "by": house.rini}
    content = _other_term(house) | {"officer": other}
    return KeyedCall(ask, content, {"on": TUESDAY, "by": house.budi})


@act(savings.deposit)
def _deposit(house: House) -> KeyedCall:
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
        "method": PaidBy.TRANSFER,
        "reference": "BCA 2",
        "day": date(2026, 11, 20),
    }
    return KeyedCall(ask, content, {"on": TUESDAY, "by": house.budi})


@act(savings.withdraw)
def _withdraw(house: House) -> KeyedCall:
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
        "method": PaidBy.TRANSFER,
        "reference": "BCA 2",
        "day": date(2026, 11, 20),
    }
    return KeyedCall(ask, content, {"on": TUESDAY, "by": house.budi})


@act(corrections.reverse_entry)
def _correct_entry(house: House) -> KeyedCall:
    entry, other = house.deposit(house.ani, 25_000), house.deposit(house.ani, 25_000)
    ask = {"entry": entry, "reason": "Salah", "on": MONDAY, "by": house.tono}
    content = {"entry": other, "reason": "Salah orang"}
    return KeyedCall(ask, content, {"on": TUESDAY, "by": house.budi})


@act(returns.credit)
def _credit_returns(house: House) -> KeyedCall:
    terms = kinds.Terms(name=house.voluntary.name, return_percent=Decimal(6))
    kind = kinds.change(on=MONDAY, kind=house.voluntary, terms=terms, version=1, by=house.tono)
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
    return KeyedCall(ask, content, {"on": date(2026, 12, 2), "by": house.budi})


@act(collections.collect)
def _collect(house: House) -> KeyedCall:
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
        "day": MONDAY - timedelta(days=1),
    }
    return KeyedCall(ask, content, {"on": TUESDAY, "by": house.budi})


@act(exits.request)
def _ask_to_leave(house: House) -> KeyedCall:
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
    return KeyedCall(ask, content, {"on": TUESDAY + timedelta(days=1), "by": house.budi})


@act(exits.decide)
def _decide(house: House) -> KeyedCall:
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
    return KeyedCall(ask, content, besides)


@act(payouts.pay)
def _pay_out(house: House) -> KeyedCall:
    ask = {"exit": house.left(house.ani), "on": TUESDAY, "by": house.tono}
    content = {"exit": house.left(house.dian)}
    besides = {"on": TUESDAY + timedelta(days=1), "by": house.budi, "shown_idr": 1}
    return KeyedCall(ask, content, besides)


@act(kept.pay)
def _pay_kept(house: House) -> KeyedCall:
    ask = {"kept": house.kept(house.ani), "paid_to": "Ani", "on": TUESDAY, "by": house.tono}
    content = {"kept": house.kept(house.dian), "paid_to": "Dian"}
    besides = {"on": TUESDAY + timedelta(days=1), "by": house.budi, "shown_idr": 1}
    return KeyedCall(ask, content, besides)


@act(kept.unpay)
def _undo_kept(house: House) -> KeyedCall:
    paid, other = (
        kept.pay(kept=house.kept(who), paid_to="Tuti", key=new_id(), on=TUESDAY, by=house.tono)
        for who in (house.ani, house.dian)
    )
    ask = {"kept": paid, "reason": "Uang masih di kas", "on": TUESDAY, "by": house.tono}
    content = {"kept": other, "reason": "Salah orang"}
    return KeyedCall(ask, content, {"on": TUESDAY + timedelta(days=1), "by": house.budi})


@act(payouts.unpay)
def _undo_payout(house: House) -> KeyedCall:
    ask = {
        "exit": house.paid_out(house.ani),
        "reason": "Uang masih di kas",
        "on": TUESDAY,
        "by": house.tono,
    }
    content = {"exit": house.paid_out(house.dian), "reason": "Salah orang"}
    return KeyedCall(ask, content, {"on": TUESDAY + timedelta(days=1), "by": house.budi})


@act(opening.take_over)
def _take_over(house: House) -> KeyedCall:
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
    return KeyedCall(ask, content, {"by": house.budi})


@act(bills.take_over)
def _take_over_bills(house: House) -> KeyedCall:
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
    return KeyedCall(ask, content, {"by": house.budi})


@act(savings.deposit_with_first_month)
def _join(house: House) -> KeyedCall:
    first, second = (
        membership.register(
            cooperative=house.cooperative,
            particulars=membership.Particulars(name=name, nik=Nik(nik)),
            on=MONDAY,
            by=house.budi,
        )
        for name, nik in (
            ("Eka (rekaan)", "3374115203900016"),
            ("Fitri (rekaan)", "3374115203900017"),
        )
    )
    ask = {
        "member": first,
        "kind": house.kind(SavingsRole.PRINCIPAL),
        "amount_idr": 100_000,
        "reference": "BCA 1",
        "on": MONDAY,
        "by": house.tono,
    }
    content = {
        "member": second,
        "kind": house.voluntary,
        "amount_idr": 90_000,
        "method": PaidBy.TRANSFER,
        "reference": "BCA 2",
        "day": date(2026, 11, 20),
    }
    return KeyedCall(ask, content, {"on": TUESDAY, "by": house.budi})
