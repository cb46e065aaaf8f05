"""The PIN by which a member lets savings pay at the till: one in force, and those before it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints


class MemberPin(TenantModel):
    """One setting of a member's PIN, as a slow hash; the hash goes when the PIN ends.

    :param blocked_at: when wrong tries, which are counted in ``access.Tries``, became too many
    """

    member = TenantForeignKey("members.Member", related_name="pins")
    digest = models.CharField(max_length=256, blank=True, editable=False)
    set_at = models.DateTimeField(_("set at"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", verbose_name=_("who")
    )
    blocked_at = models.DateTimeField(_("blocked at"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("PIN for savings")
        verbose_name_plural = _("PINs for savings")
        constraints = [
            *tenant_constraints("member"),
            models.UniqueConstraint(
                fields=["cooperative", "member"],
                condition=models.Q(ended_on=None),
                name="members_pin_in_force",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(digest=""),
                name="members_pin_ended_is_forgotten",
            ),
        ]
        indexes = [models.Index(fields=["cooperative", "member"], name="members_pin_member")]
