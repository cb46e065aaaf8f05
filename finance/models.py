from finance.ledger.chart_models import Account, AccountKind
from finance.ledger.models import Journal, Line
from finance.ledger.parties import Party, PartyKind
from finance.ledger.periods import Balance, Month
from finance.ledger.units import BusinessUnit

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
