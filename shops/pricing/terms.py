"""The price tiers, and the periods over which a rule counts what a buyer has bought."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PriceTier(models.TextChoices):
    """The prices of a product, by who buys."""

    GENERAL = "general", _("General")
    MEMBER = "member", _("Member")
    #: For kiosks that buy to sell again.
    WHOLESALE = "wholesale", _("Wholesale")
    INSTITUTION = "institution", _("Institution")


class Period(models.TextChoices):
    """The period in which a buyer may buy at most the quantity that a rule names."""

    SALE = "sale", _("a purchase")
    DAY = "day", _("a day")
    WEEK = "week", _("a week")
    MONTH = "month", _("a month")


#: More than a billion rupiah for one measure is a typing mistake; up to here a price times a
#: quantity fits into 64 bits.
MAX_PRICE_IDR = 10**9
