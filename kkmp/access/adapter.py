"""How signing in, as a package does it, answers to the services of accounts."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from typing_extensions import override

from kkmp.access import known_devices, sign_in_forms
from kkmp.access.models import User
from kkmp.access.services import accounts, sign_in_tries, tries
from kkmp.lib import seal

#: In the session: what the account was when its password was right.
_BEGUN = "sign_in_begun_with"


class Adapter(DefaultAccountAdapter):
    """Accounts are made by an administrator; nobody signs up. Who signed in, and who failed, is on
    record."""

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse | None:
        request.session[_BEGUN] = user.get_session_auth_hash()
        if not user.is_active:
            accounts.refuse_blocked(user=user, at=timezone.now())
        refusal: HttpResponse | None = super().pre_login(request, user, **options)
        return refusal

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, unless the account has ended that way in between the password and the code."""
        now = User.objects.get(pk=user.pk)
        if request.session.pop(_BEGUN, None) != now.get_session_auth_hash():
            messages.warning(request, _("The password has changed meanwhile. Sign in again."))
            raise ImmediateHttpResponse(redirect("account_login"))
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse:
        accounts.begin_session(user=user)
        response: HttpResponse = super().post_login(request, user, **options)
        known_devices.remember(request, response, user)
        return response

    def set_password(self, user: User, password: str) -> None:
        accounts.set_password(
            user=user, password=password, at=timezone.now(), by=user, act="user.password_changed"
        )
        # The session that changed it goes on with what the account is now.
        user.refresh_from_db(fields=["password", "sign_ins_ended"])

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Compare a name and a password, when signing in and when it is asked for again.

        :raises ValidationError: tried too often
        """
        name, at = str(credentials.get("username", "")), timezone.now()
        asked = sign_in_forms.asking(request, name)
        try:
            held = sign_in_tries.begin(asked, sign_in_tries.PASSWORD, at=at)
        except tries.TooManyTries as refusal:
            accounts.refuse_session(username=name, at=at)
            raise ValidationError(str(refusal), code=refusal.code) from refusal
        user: User | None = super().authenticate(request, **credentials)
        if user is None:
            accounts.refuse_session(username=name, at=at)
        else:
            tries.right(held, at=at)
        return user


class SecondFactors(DefaultMFAAdapter):
    """What makes somebody's codes lies sealed in the table."""

    def encrypt(self, text: str) -> str:
        return seal.seal(text).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return seal.unseal(encrypted_text.encode())
