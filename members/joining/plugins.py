"""What joining adds to a member's page."""

from members.joining.panels import called_on, consent
from members.register import panels


def register() -> None:
    panels.register(called_on, weight=60)
    panels.register(consent, weight=80)
