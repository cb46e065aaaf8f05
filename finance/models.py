from finance.ledger.models import (
    Account,
    AccountKind,
    Balance,
    BusinessUnit,
    Journal,
    JournalCount,
    Line,
    Party,
    PartyKind,
)
from finance.months.models import Month

__all__ = [
    "Account",
    "AccountKind",
    "Balance",
    "BusinessUnit",
    "Journal",
    "JournalCount",
    "Line",
    "Month",
    "Party",
    "PartyKind",
]
