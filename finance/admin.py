"""The books in the administration."""

from finance.ledger import admin as ledger

__all__ = ["ledger"]
