from .accounts import Account, AccountKind
from .journals import Journal, Line
from .parties import Party, PartyKind
from .periods import Balance, Month
from .units import BusinessUnit

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
