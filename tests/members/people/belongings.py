"""The list of members."""

PLAIN = "status"
