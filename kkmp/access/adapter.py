from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpResponse

from kkmp.access.services import accounts


class Adapter(DefaultAccountAdapter):
    """Accounts are made by an administrator; nobody signs up. Each sign-in is on record."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def post_login(self, request: Any, user: Any, **options: Any) -> HttpResponse:
        accounts.begin_session(user=user)
        return super().post_login(request, user, **options)
