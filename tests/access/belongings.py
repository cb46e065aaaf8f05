"""People who sign in, their roles, tokens and PINs."""

from django.utils import timezone

from kkmp.access.permissions import Role
from kkmp.access.services import pins, tokens
from tests.guards.side import PIN, Side

WEIGHT = 65
PLAIN = "again credential name next oldpassword password1 password2 pin role username"
MADE = {
    "kkmp/access/page_owner.py _sent": "the mark of a person, compared with who is signed in",
    "kkmp/access/drafts.py TypedMiddleware.__call__": "the page's own name of a draft",
    "kkmp/access/form_keys.py _in_address": "the key of an act",
}


def furnish(side: Side) -> None:
    """Who approves at a till."""
    treasurer = side.staff[Role.TREASURER]
    pins.choose(user=treasurer, digits=PIN, at=timezone.now())
    side.ids["approver"] = treasurer.username
    side.ids["cashier"] = treasurer.pk


def furnish_outside(side: Side) -> None:
    chair, user = side.staff[Role.CHAIR], side.staff[Role.CASHIER]
    token, _secret = tokens.issue(user=chair, name=side.word, at=timezone.now(), by=chair)
    side.ids["token"] = token.pk
    side.ids["user"] = user.pk
    side.ids["holding"] = user.holdings.get(cooperative=side.cooperative).pk
