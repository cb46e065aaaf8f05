"""Codes that a till did not know, noted for whoever keeps the list of goods."""

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError
from kkmp.registry import turns
from kkmp.registry.models import Cooperative
from shops.goods.models import UnknownCode

MOST_LETTERS = 32


class CodeRefused(DomainError):
    """The code may not be noted; the message is fit to show the cashier."""


@transaction.atomic
def note(*, cooperative: Cooperative, code: str, remark: str, by: User) -> UnknownCode:
    """Note a code once, however often it is scanned; a later remark replaces an empty one.

    :raises CodeRefused: there is no code, or it is longer than codes are
    """
    code, remark = "".join(code.split()), " ".join(remark.split())[:120]
    if not code or len(code) > MOST_LETTERS:
        raise CodeRefused(_("This is not a code that can be noted."), field="code")
    turns.take(cooperative, f"unknown code {code}")
    noted, is_new = UnknownCode.objects.of(cooperative).get_or_create(
        code=code,
        is_done=False,
        defaults={"cooperative": cooperative, "note": remark, "noted_by": by},
    )
    if is_new:
        audit.record(
            cooperative=cooperative, action="unknown_code.note", by=by, subject=noted, code=code
        )
    elif remark and not noted.note:
        noted.note = remark
        noted.save(update_fields=["note"])
    return noted


@transaction.atomic
def drop(*, noted: UnknownCode, by: User) -> None:
    """Take a code off the list: it needs no product."""
    if noted.is_done:
        return
    noted.is_done = True
    noted.save(update_fields=["is_done"])
    audit.record(
        cooperative=noted.cooperative,
        action="unknown_code.drop",
        by=by,
        subject=noted,
        code=noted.code,
    )
