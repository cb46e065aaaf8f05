"""The ways to pay."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Method(models.TextChoices):
    CASH = "cash", _("Cash")
    QRIS = "qris", _("QRIS")
    TRANSFER = "transfer", _("Bank transfer")
    #: The member pays later (bon).
    CREDIT = "credit", _("Member credit (bon)")
    SAVINGS = "savings", _("Voluntary savings")
    VOUCHER = "voucher", _("Voucher")


#: The cashier sees no money: somebody has to see it arrive.
TO_CONFIRM = (Method.QRIS, Method.TRANSFER)
