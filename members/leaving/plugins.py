"""What leaving adds: panels of a member's page, and a check of the books."""

from finance.ledger import checks
from members.leaving.checks import refund_differences
from members.leaving.panels import under_way, way_out
from members.register import panels


def register() -> None:
    checks.register(refund_differences)
    panels.register(under_way, weight=30)
    panels.register(way_out, weight=90)
