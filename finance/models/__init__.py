from finance.models.accounts import Account, AccountKind
from finance.models.journals import Journal, Line
from finance.models.parties import Party, PartyKind
from finance.models.periods import Balance, Month
from finance.models.units import BusinessUnit

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
