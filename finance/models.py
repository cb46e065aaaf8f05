from finance.ledger.models import (
    Account,
    AccountKind,
    Balance,
    BusinessUnit,
    Journal,
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
    "Line",
    "Month",
    "Party",
    "PartyKind",
]
