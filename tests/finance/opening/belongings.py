"""Opening balances."""

PLAIN = "bank_idr cash_idr"
