"""Sessions whose table opens nothing to whoever reads it.

The cookie alone holds the key. The row's name is a keyed hash of it, and what the row keeps is
sealed with a key that is made of it too: a row of somebody else's cannot be looked into, copied
below a name of one's own or turned into a cookie.
"""

import base64
import hashlib
import hmac
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone

from kkmp.access import arrivals


def row_name(key: str) -> str:
    """What the table calls the session of a cookie; as long as its column, 240 bits."""
    return base64.urlsafe_b64encode(_made_of("name", key)[:30]).decode()


class SessionStore(SessionBase):
    """Django's table of sessions; whatever asks for a key is given the cookie's."""

    #: Of the cooperative that the request names, which is looked up in the same statement.
    code = ""
    #: Who is signed in, as far as that statement has found it.
    arrival: arrivals.Arrival | None = None

    def load(self) -> dict[str, Any]:
        key = self.session_key
        found = arrivals.by_session(row_name(key), self.code, at=timezone.now()) if key else None
        if found is None:
            # What somebody made up never becomes the key of a session.
            self._session_key = None
            return {}
        kept, self.arrival = found
        return self.decode(kept)

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(pk=row_name(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Write it down.

        :raises UpdateError: somebody has ended the session since it was read
        """
        if self.session_key is None:
            self.create()
            return
        name = row_name(self.session_key)
        kept = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        values = {
            "session_data": self.encode(kept),
            "expire_date": self.get_expiry_date(),
        }
        if not must_create:
            if not Session.objects.filter(pk=name).update(**values):
                raise UpdateError
            return
        try:
            with transaction.atomic():
                Session.objects.create(session_key=name, **values)
        except IntegrityError as error:
            raise CreateError from error

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(pk=row_name(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(expire_date__lt=timezone.now()).delete()

    def encode(self, session_dict: dict[str, Any]) -> str:
        return self._seal().encrypt(self.serializer().dumps(session_dict)).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """What a row keeps; nothing, where it was sealed for another session."""
        try:
            kept: dict[str, Any] = self.serializer().loads(self._seal().decrypt(session_data))
        except InvalidToken:
            return {}
        return kept

    def _seal(self) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(_made_of("content", self.session_key or "")))


def _made_of(what: str, key: str) -> bytes:
    text = f"session {what} {key}".encode(errors="surrogatepass")
    return hmac.digest(settings.SECRET_KEY.encode(), text, hashlib.sha256)
