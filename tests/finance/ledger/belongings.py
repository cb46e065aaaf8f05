"""A journal."""

from finance.models import Journal

KINDS = {"journal": (Journal, {})}
PLAIN = "reason since until"
