"""The clock, for interfaces only: pages, the API and commands read it and pass the day on.

Domain code takes ``on=`` or ``at=`` and never asks what time it is.
"""

from datetime import date

from django.utils import timezone

from kkmp.lib.periods import business_day


def business_today() -> date:
    """The day it is now in Semarang."""
    return business_day(timezone.now())
