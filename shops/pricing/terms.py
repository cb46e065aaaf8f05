"""Which prices there are, and over which period a rule counts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PriceTier(models.TextChoices):
    """Which of a product's prices was asked for."""

    GENERAL = "general", _("General")
    MEMBER = "member", _("Member")
    #: For kiosks that buy to sell again.
    WHOLESALE = "wholesale", _("Wholesale")
    INSTITUTION = "institution", _("Institution")


class Period(models.TextChoices):
    """What a quantity for each buyer is counted over."""

    SALE = "sale", _("a purchase")
    DAY = "day", _("a day")
    WEEK = "week", _("a week")
    MONTH = "month", _("a month")


#: More than a billion rupiah for one is a typing mistake; quantities times prices up to
#: here stay within 64 bits.
MAX_PRICE_IDR = 10**9
