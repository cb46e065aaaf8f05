"""A settlement."""

from shops.models import Settlement

KINDS = {"settlement": (Settlement, {})}
