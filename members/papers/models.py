"""A member's own page, opened by a link that the clerk sends."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints


class MemberLink(TenantModel):
    """A link to one member's own page: signed, expiring, and to be revoked at any time."""

    member = TenantForeignKey("members.Member", related_name="links")
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    opened_at = models.DateTimeField(_("last opened at"), null=True, blank=True)
    opens = models.PositiveIntegerField(_("times opened"), default=0)

    class Meta(TenantModel.Meta):
        verbose_name = _("link to a member's own page")
        verbose_name_plural = _("links to members' own pages")
        constraints = [
            *tenant_constraints("member"),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")),
                name="members_link_expires",
            ),
        ]
        indexes = [models.Index(fields=["cooperative", "member"], name="members_link_member")]

    @staticmethod
    def working(at: datetime) -> models.Q:
        """Which links open the page at a moment."""
        return models.Q(revoked_at=None, expires_at__gt=at)

    def opens_at(self, at: datetime) -> bool:
        """Whether it opens the page at a moment."""
        return self.revoked_at is None and self.expires_at > at
