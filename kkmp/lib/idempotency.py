"""Each act once: a key sent again with the same content returns what it made the first time.

The key is made by the page, till or program that asks. Beside it stands the hash of what was
asked for, so that a retry is told from another act under a used key, which is refused.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Protocol, TypeVar
from uuid import UUID, uuid5

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kkmp.lib.errors import Conflict
from kkmp.lib.ids import new_id

if TYPE_CHECKING:
    from django.db.models import QuerySet


class KeyReused(Conflict):
    """The key was already used for another act."""


class Recorded(models.Model):
    """A row that an act has made, with the hash of what was asked for.

    Its id follows from the key (:func:`id_for`); an act without a key leaves the hash empty.
    """

    content_hash = models.CharField(max_length=64, editable=False)

    #: Set by the service on what it returns: an earlier try has made it.
    is_repeat = False

    class Meta:
        abstract = True


class Keyed(Recorded):
    """A :class:`Recorded` row that keeps its key as well; it is unique within its cooperative."""

    key = models.UUIDField(gettext_lazy("idempotency key"))

    class Meta:
        abstract = True


class _Marked(Protocol):
    is_repeat: bool


RecordedRow = TypeVar("RecordedRow", bound=Recorded)
MarkedRow = TypeVar("MarkedRow", bound=_Marked)


def content_hash(*content: object) -> str:
    """A hash of what was asked for, the same however it is typed: ``1.50`` as ``1.5``.

    An identity number goes in as its keyed hash only: a plain one could be guessed back.
    """
    text = json.dumps([_plain(part) for part in content], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def first_result(rows: "QuerySet[RecordedRow]", content: str) -> RecordedRow | None:
    """What an earlier try has made, marked so; None where the key is new.

    :param rows: of the cooperative, with this key: one or none
    :param content: :func:`content_hash` of what is asked for now
    :raises KeyReused: the row was made of other content
    """
    first = rows.first()
    return None if first is None else repeated(first, same=first.content_hash == content)


def repeated(first: MarkedRow, *, same: bool, message: str = "") -> MarkedRow:
    """The first row once more, marked so, where the caller has compared the content itself.

    :param message: what to say where it is another act, if not the usual sentence
    :raises KeyReused: it is not the same act
    """
    if not same:
        raise KeyReused(
            message
            or _("This form was already sent with other content. Open a new form and try again.")
        )
    first.is_repeat = True
    return first


def id_for(cooperative_id: object, key: UUID | None, *, part: int = 0) -> UUID:
    """The id of what an act under this key makes; without a key, one that nobody has.

    The same key gives the same id, and another cooperative's cannot be hit upon. Keys are
    UUIDv7: their time stays in front, so that ids go on rising.

    :param part: of an act that makes many: which of them
    """
    if key is None:
        return new_id()
    mixed = uuid5(key, f"{part} of {cooperative_id}").bytes
    return UUID(bytes=key.bytes[:6] + bytes([0x70 | mixed[6] & 0x0F]) + mixed[7:])


def _plain(value: object) -> object:
    """The value in JSON's terms; a kind it does not know is a mistake in the code."""
    if isinstance(value, Enum):
        return _plain(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return _decimal(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, Mapping):
        return {str(_plain(name)): _plain(each) for name, each in value.items()}
    if isinstance(value, Set):
        return sorted((_plain(each) for each in value), key=json.dumps)
    if isinstance(value, Sequence):
        return [_plain(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    raise TypeError(f"no canonical form: {type(value).__name__}")


def _decimal(value: Decimal) -> str:
    """The number's text without trailing zeros; zero has no sign."""
    return f"{value.normalize() if value else Decimal(0):f}"
