from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from typing_extensions import override

from kkmp.access.models import User
from kkmp.access.services import accounts
from kkmp.lib import seal


class Adapter(DefaultAccountAdapter):
    """Accounts are made by an administrator; nobody signs up. Who signed in, and who failed, is on
    record."""

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse:
        accounts.begin_session(user=user)
        response: HttpResponse = super().post_login(request, user, **options)
        return response

    @override
    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        accounts.refuse_session(username=str(credentials.get("username", "")), at=timezone.now())
        super().authentication_failed(request, **credentials)


class SecondFactors(DefaultMFAAdapter):
    """What makes somebody's codes lies sealed in the table."""

    def encrypt(self, text: str) -> str:
        return seal.seal(text).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return seal.unseal(encrypted_text.encode())
