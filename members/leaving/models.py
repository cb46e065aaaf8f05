"""Leaving: asked for, decided, paid out; the register keeps the line."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.lib.idempotency import Keyed
from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints


class ExitState(models.TextChoices):
    REQUESTED = "requested", _("Asked for")
    #: Decided: no member any more; what is owed is owed until paid.
    DECIDED = "decided", _("Decided")
    CANCELLED = "cancelled", _("Taken back")


class ExitReason(models.TextChoices):
    RESIGNED = "resigned", _("Resigned")
    DIED = "died", _("Died")
    MOVED = "moved", _("Moved away")
    DISMISSED = "dismissed", _("Dismissed")
    #: Somebody who applied and does not go on.
    DECLINED = "declined", _("Did not become a member")


class Exit(Keyed, TenantModel):
    """One person's leaving. A person who came back and leaves again has another row."""

    member = TenantForeignKey("members.Member", related_name="exits")
    state = models.CharField(
        _("state"), max_length=9, choices=ExitState, default=ExitState.REQUESTED
    )
    reason = models.CharField(_("reason"), max_length=9, choices=ExitReason)
    note = models.CharField(_("note"), max_length=200, blank=True)
    #: The membership it ends, as the register had it.
    member_number = models.PositiveIntegerField(_("member number"), null=True, blank=True)
    member_since = models.DateField(_("member since"))
    requested_on = models.DateField(_("asked on"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", verbose_name=_("recorded by")
    )
    heir_name = models.CharField(_("heir"), max_length=120, blank=True)
    heir_relation = models.CharField(_("relation of the heir"), max_length=60, blank=True)
    heir_phone = models.CharField(_("phone of the heir"), max_length=16, blank=True)
    # What the decision brings.
    number = models.PositiveBigIntegerField(_("certificate number"), null=True, blank=True)
    decision_number = models.CharField(_("number of the decision"), max_length=80, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    savings_idr = models.BigIntegerField(_("savings"), default=0)
    #: Taken off for what the member owed the cooperative.
    settled_idr = models.BigIntegerField(_("debts settled"), default=0)
    #: What the shop owed the member beside the savings: goods came back that were paid for.
    credited_idr = models.BigIntegerField(_("owed besides"), default=0)
    refund_idr = models.BigIntegerField(_("to be paid out"), default=0)
    pay_on = models.DateField(_("to be paid on"), null=True, blank=True)
    journal = TenantForeignKey("finance.Journal", null=True, blank=True)
    # What the payment brings.
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("paid by"),
    )
    payment = TenantForeignKey("finance.Journal", null=True, blank=True)
    #: Receipts of the payment that were printed; all but the first are copies.
    prints = models.PositiveSmallIntegerField(default=0)
    decision_key = models.UUIDField(null=True, blank=True)
    #: Hash of the content of the decision that the key stands for.
    decision_hash = models.CharField(max_length=64, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("leaving")
        verbose_name_plural = _("leavings")
        constraints = [
            *tenant_constraints("member", "journal", "payment"),
            models.UniqueConstraint(fields=["cooperative", "key"], name="members_exit_key"),
            models.UniqueConstraint(
                fields=["cooperative", "decision_key"], name="members_exit_decision_key"
            ),
            models.UniqueConstraint(fields=["cooperative", "number"], name="members_exit_number"),
            # One leaving for each membership. Somebody who leaves and joins again on the same day
            # has two memberships that began on that day; their member numbers tell them apart.
            models.UniqueConstraint(
                fields=["cooperative", "member", "member_since", "member_number"],
                condition=~models.Q(state="cancelled"),
                nulls_distinct=False,
                name="members_exit_once_a_membership",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="decided")
                | models.Q(
                    number__isnull=False, decided_on__isnull=False, decided_by__isnull=False
                ),
                name="members_exit_decided_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    savings_idr=models.F("settled_idr")
                    + models.F("refund_idr")
                    - models.F("credited_idr"),
                    settled_idr__gte=0,
                    credited_idr__gte=0,
                    refund_idr__gte=0,
                ),
                name="members_exit_no_rupiah_lost",
            ),
            models.CheckConstraint(
                condition=models.Q(paid_on=None, paid_by=None, payment=None)
                | models.Q(
                    state="decided",
                    paid_on__isnull=False,
                    paid_by__isnull=False,
                    payment__isnull=False,
                ),
                name="members_exit_paid_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="decided")
                | models.Q(refund_idr=0)
                | models.Q(pay_on__isnull=False)
                | models.Q(payment__isnull=False),
                name="members_exit_paid_or_due",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "state", "requested_on"], name="members_exit_queue")
        ]

    def __str__(self) -> str:
        return f"{self.number or '–'}"

    @property
    def is_open(self) -> bool:
        """Whether the leaving is recorded and not yet decided."""
        return self.state == ExitState.REQUESTED

    @property
    def is_decided(self) -> bool:
        return self.state == ExitState.DECIDED

    @property
    def is_due(self) -> bool:
        """Whether the leaving is decided and something is still to be paid out."""
        return self.is_decided and self.refund_idr > 0 and self.payment_id is None


class ExitLine(TenantModel):
    """What a leaving pays back of one kind of savings, and the entry that takes it out."""

    exit = TenantForeignKey(Exit, related_name="lines")
    kind = TenantForeignKey("members.SavingsKind")
    amount_idr = models.BigIntegerField(_("amount"))
    entry = TenantForeignKey("members.SavingsEntry", related_name="exit_lines")

    class Meta(TenantModel.Meta):
        constraints = [
            *tenant_constraints("exit", "kind", "entry", append_only=True),
            models.UniqueConstraint(
                fields=["cooperative", "exit", "kind"], name="members_exitline_once"
            ),
            models.CheckConstraint(
                condition=models.Q(amount_idr__gt=0), name="members_exitline_positive"
            ),
        ]


class KeptMoney(TenantModel):
    """What came for somebody who is gone, or has no other way, and waits for whom it is owed to.

    It lies on the account of former members, under the party. The journal that brought it is of
    the act that did: goods that came back, a payment that arrived late.
    """

    party = TenantForeignKey("finance.Party")
    #: None where it is owed to somebody who never was a member.
    member = TenantForeignKey("members.Member", null=True, blank=True, related_name="kept_money")
    #: Whoever is to be paid: the former member, the heir, or who brought the goods.
    owed_to = models.CharField(_("owed to"), max_length=120)
    contact = models.CharField(_("relation or phone"), max_length=120, blank=True)
    reason = models.CharField(_("reason"), max_length=200)
    amount_idr = models.BigIntegerField(_("amount"))
    kept_on = models.DateField(_("kept since"))
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", verbose_name=_("kept by")
    )
    journal = TenantForeignKey("finance.Journal")
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("paid by"),
    )
    #: Who signed for it.
    paid_to = models.CharField(_("paid to"), max_length=120, blank=True)
    payment = TenantForeignKey("finance.Journal", null=True, blank=True)

    #: Set by the service on what it returns: the form had been sent before.
    is_repeat = False

    class Meta(TenantModel.Meta):
        verbose_name = _("money kept for somebody")
        verbose_name_plural = _("money kept for somebody")
        constraints = [
            *tenant_constraints("party", "member", "journal", "payment"),
            models.UniqueConstraint(
                fields=["cooperative", "journal", "party"], name="members_kept_once_a_journal"
            ),
            models.CheckConstraint(
                condition=models.Q(amount_idr__gt=0), name="members_kept_positive"
            ),
            models.CheckConstraint(condition=~models.Q(owed_to=""), name="members_kept_for_whom"),
            models.CheckConstraint(
                condition=models.Q(paid_on=None, paid_by=None, payment=None, paid_to="")
                | models.Q(paid_on__isnull=False, paid_by__isnull=False, payment__isnull=False),
                name="members_kept_paid_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "kept_on"], name="members_kept_since"),
        ]

    def __str__(self) -> str:
        return self.owed_to

    @property
    def is_due(self) -> bool:
        """Whether it is still to be paid out."""
        return self.payment_id is None
