from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _


class Device(UserSession):
    """A browser in which somebody is signed in: allauth's row, by the name people know it by."""

    class Meta:
        proxy = True
        verbose_name = _("signed-in device")
        verbose_name_plural = _("signed-in devices")

    def __str__(self) -> str:
        return f"{self.user}, {self.ip}"
