"""Members and savings in the administration; each package has its own pages."""

from members.people import admin as people
from members.pins import admin as pins
from members.savings import admin as savings

__all__ = ["people", "pins", "savings"]
