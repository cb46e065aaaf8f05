"""Receipts."""

PLAIN = "bentuk lebar"
