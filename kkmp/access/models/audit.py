"""What happened, and who did it: append-only, and without keys to the rows it is about."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.lib.ids import new_id
from kkmp.registry.constraints import AppendOnly
from kkmp.registry.tenancy import TenantModel, tenant_constraints


class Event(models.Model):
    at = models.DateTimeField(_("time"), auto_now_add=True)
    #: Dotted, as in ``savings.deposit``.
    action = models.CharField(_("action"), max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        related_name="+",
        null=True,
        verbose_name=_("who"),
    )
    subject_label = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=60, blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.action


class AuditEvent(TenantModel, Event):
    """An act within one cooperative."""

    class Meta(TenantModel.Meta):
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        constraints = tenant_constraints(append_only=True)
        indexes = [
            models.Index(fields=["cooperative", "-at"], name="access_audit_latest"),
            models.Index(fields=["cooperative", "subject_id"], name="access_audit_subject"),
            # Sales are most of them; whoever looks for another act passes none.
            models.Index(
                fields=["cooperative", "action", "-at"],
                name="access_audit_action",
                condition=~models.Q(action="sale.sell"),
            ),
        ]


class SystemEvent(Event):
    """An act outside any cooperative: roles, tokens, sign-ins."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        verbose_name = _("system event")
        verbose_name_plural = _("system events")
        constraints = [AppendOnly(name="%(app_label)s_%(class)s_append_only")]
        indexes = [
            models.Index(fields=["-at"], name="access_system_latest"),
            models.Index(fields=["subject_id"], name="access_system_subject"),
        ]
