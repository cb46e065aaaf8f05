"""The city's pages."""

PLAIN = "order"
