"""The statutory registers."""

PLAIN = "on"
