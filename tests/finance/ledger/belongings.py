"""A journal."""

from finance.models import Journal

KINDS = {"journal": (Journal, {})}
