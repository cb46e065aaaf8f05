"""The package's forms that compare a secret, with the tries that this house allows.

Each guess is counted before the package looks, and each wrong one is on record.
"""

import struct
from collections.abc import Callable
from typing import Any, TypeVar

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from typing_extensions import override

from kkmp.access import known_devices
from kkmp.access.models import User
from kkmp.access.services import accounts, sign_in_tries, tries
from kkmp.access.services.sign_in_tries import CODE, PASSWORD, Asking, Guessed

Answer = TypeVar("Answer")
_UNREADABLE = (
    LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError,
    NotImplementedError, struct.error, InvalidSignature, UnsupportedAlgorithm,
)  # fmt: skip


def asking(request: HttpRequest, name: str) -> Asking:
    """Who asks, by what was typed as a name and by the browser."""
    user = sign_in_tries.find(name)
    network = tries.network(get_adapter().get_client_ip(request))
    return Asking(name, user, network, known_devices.device_of(request, user))


def compared(
    asked: Asking,
    what: Guessed,
    compare: Callable[[], Answer],
    refuse: Callable[[], None] = lambda: None,
) -> Answer:
    """What comparing gives, if it is not tried too often.

    :param refuse: writes a wrong guess down
    :raises ValidationError: wrong, or too many tries
    """
    at = timezone.now()
    try:
        held = sign_in_tries.begin(asked, what, at=at)
    except tries.TooManyTries as refusal:
        refuse()
        raise ValidationError(str(refusal), code=refusal.code) from refusal
    try:
        found = compare()
    except ValidationError:
        refuse()
        raise
    tries.right(held, at=at)
    return found


class ChangePassword(ChangePasswordForm):
    @override
    def clean_oldpassword(self) -> str:
        asked, inner = asking(context.request, self.user.username), super().clean_oldpassword
        password: str = compared(asked, PASSWORD, inner, _refuse_password(asked))
        return password


class _Code:
    user: User

    def clean_code(self) -> str:
        inner: Callable[[], str] = super().clean_code  # type: ignore[misc]
        # What was wrong the package tells itself.
        return compared(asking(context.request, self.user.username), CODE, inner)


class _Passkey:
    user: User

    def clean_credential(self) -> Authenticator:
        inner: Callable[[], Authenticator] = super().clean_credential  # type: ignore[misc]
        return compared(
            asking(context.request, self.user.username),
            CODE,
            lambda: _read(inner),
            lambda: accounts.refuse_passkey(user=self.user, at=timezone.now()),
        )


class Code(_Code, AuthenticateForm):
    pass


class CodeAgain(_Code, ReauthenticateForm):
    pass


class Passkey(_Passkey, AuthenticateWebAuthnForm):
    pass


class PasskeyAgain(_Passkey, ReauthenticateWebAuthnForm):
    pass


class NewPasskey(AddWebAuthnForm):
    @override
    def clean(self) -> dict[str, Any]:
        return _read(super().clean)


def _read(read: Callable[[], Answer]) -> Answer:
    """What reading a passkey's answer gives; made up ones break the packages in many ways.

    :raises ValidationError: it cannot be read, or is signed with another key
    """
    try:
        return read()
    except _UNREADABLE as fault:
        raise get_mfa_adapter().validation_error("incorrect_code") from fault


def _refuse_password(asked: Asking) -> Callable[[], None]:
    return lambda: accounts.refuse_session(username=asked.name, at=timezone.now())
