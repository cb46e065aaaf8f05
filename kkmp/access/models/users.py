from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.lib.ids import new_id


class User(AbstractUser):
    """Somebody who signs in. What they may do is in their :class:`RoleHolding` rows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    # Every cooperative's rows point at users: signing in writes sessions and leaves this row alone.
    last_login = None
    name = models.CharField(_("name"), max_length=120, blank=True)

    REQUIRED_FIELDS = []

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)
