from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac
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

    #: How often every session was ended at once: what was begun before is none any more.
    sign_ins_ended = models.PositiveIntegerField(default=0, editable=False)

    REQUIRED_FIELDS = []

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session keeps of the account: it ends with the password or with all the others."""
        of = f"{self.password} {self.sign_ins_ended}"
        salt = "kkmp.access.models.User.session"
        return salted_hmac(salt, of, secret=secret, algorithm="sha256").hexdigest()
