from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kkmp.lib.ids import new_id


class Device(models.Model):
    """A browser in which somebody is signed in. It ends with its session.

    The session stands there by the name of its row, which opens nothing: see ``session_store``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.OneToOneField(Session, models.CASCADE, related_name="device", editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="devices")
    ip = models.GenericIPAddressField()
    user_agent = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("signed-in device")
        verbose_name_plural = _("signed-in devices")

    def __str__(self) -> str:
        return f"{self.user}, {self.ip}"
