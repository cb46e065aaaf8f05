"""What PINs add to a member's page."""

from members.pins.panels import pin
from members.register import panels


def register() -> None:
    panels.register(pin, weight=60)
