"""What the domain refuses, in words fit to show the person who asked.

A service raises a subclass of :class:`DomainError` that lives in its own module; pages put its
text beside the form, the API answers with its ``status``. Anything else that is raised is a
fault of ours, and a 500.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar


def _snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


class DomainError(Exception):
    """A refusal with a translated message; ``str(error)`` is that message.

    :param message: translated where it is raised, as a sentence
    :param field: the one input it is about, if there is one
    :param fields: messages by input, where several are wrong at once
    """

    #: Stable name for programs, ``deposit_refused`` for ``DepositRefused``. A subclass gets its
    #: own from its name unless it says otherwise in its body.
    code: ClassVar[str] = "domain_error"
    #: The HTTP status the API answers with.
    status: ClassVar[int] = 422

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "code" not in cls.__dict__:
            cls.code = _snake_case(cls.__name__)

    def __init__(
        self,
        message: str,
        *,
        field: str | None = None,
        fields: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.fields: dict[str, list[str]] = {
            name: [str(text) for text in texts] for name, texts in (fields or {}).items()
        }
        if field is not None:
            self.fields.setdefault(field, [str(message)])

    def __str__(self) -> str:
        return str(self.message)


class Conflict(DomainError):
    """The act contradicts what is already recorded; asking again changes nothing."""

    status = 409


class BrokenPromise(RuntimeError):
    """What a function asks of its callers was not kept: a fault of ours, and nothing stays."""


def insist(kept: bool, promise: str) -> None:
    """Stop where a promise that guards money or rights was not kept.

    Not an ``assert``: those are left out where Python runs with ``-O``.
    """
    if not kept:
        raise BrokenPromise(promise)
