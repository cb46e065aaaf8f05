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


#: Methods by which the cashier gets no money in hand: somebody confirms later that it arrived.
TO_CONFIRM = (Method.QRIS, Method.TRANSFER)
