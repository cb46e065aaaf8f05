"""Acts of the books."""

from finance.ledger.accounts import Code
from finance.ledger.services import corrections as journal_corrections
from finance.ledger.services import ledger
from finance.opening.services import opening as opening_cash
from tests.conftest import MONDAY
from tests.guards.keyed.acts import (
    TUESDAY,
    House,
    KeyedCall,
    act,
    pair,
)


@act(ledger.post)
def _post(house: House) -> KeyedCall:
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
    return KeyedCall(ask, content, {"by": house.budi})


@act(ledger.reverse)
def _reverse(house: House) -> KeyedCall:
    ask = {"journal": house.journal(), "memo": "Salah", "on": MONDAY, "by": house.tono}
    content = {
        "journal": house.journal(),
        "memo": "Salah hitung",
        "on": TUESDAY,
        "content": ledger.content_of("manual", "something else"),
    }
    return KeyedCall(ask, content, {"by": house.budi})


@act(journal_corrections.reverse)
def _correct_journal(house: House) -> KeyedCall:
    ask = {"journal": house.journal(), "reason": "Salah", "on": MONDAY, "by": house.tono}
    content = {"journal": house.journal(), "reason": "Salah hitung"}
    return KeyedCall(ask, content, {"on": TUESDAY, "by": house.budi})


@act(opening_cash.record)
def _open_books(house: House) -> KeyedCall:
    ask = {
        "cooperative": house.cooperative,
        "cash_idr": 500_000,
        "bank_idr": 700_000,
        "on": MONDAY,
        "by": house.tono,
    }
    content = {"cash_idr": 700_000, "bank_idr": 500_000, "on": TUESDAY}
    return KeyedCall(ask, content, {"by": house.budi})
