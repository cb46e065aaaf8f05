"""A short number by which somebody approves what another person does at a till."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.lib.ids import new_id


class ApprovalPin(models.Model):
    """One person's PIN, as a slow hash; wrong tries are counted elsewhere, in :class:`Tries`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="pin")
    digest = models.CharField(max_length=256, editable=False)
    set_at = models.DateTimeField(_("set at"))

    class Meta:
        verbose_name = _("approval PIN")
        verbose_name_plural = _("approval PINs")

    def __str__(self) -> str:
        return str(self.user)
