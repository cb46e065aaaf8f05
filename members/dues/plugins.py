"""What dues add to a member's page."""

from members.dues.panels import dues
from members.register import panels


def register() -> None:
    panels.register(dues, weight=40)
