"""The books in the administration; each package has its own pages."""

from finance.ledger import admin as ledger
from finance.months import admin as months

__all__ = ["ledger", "months"]
