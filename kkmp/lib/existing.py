"""What is there for certain, where its type says that it may be missing."""

from typing import TypeVar

T = TypeVar("T")


class Missing(RuntimeError):
    """Something that has to be there is not: a fault of ours."""


def present(value: T | None, why: str = "it is always there") -> T:
    """The value, where only a fault of ours can have left it out.

    :param why: what sees to it that it is there
    :raises Missing: it is None
    """
    if value is None:
        raise Missing(f"expected a value, because {why}")
    return value


def of_kind(kind: type[T], value: object) -> T:
    """The value, where only a fault of ours can have put another kind in its place.

    :raises Missing: it is of another kind
    """
    if not isinstance(value, kind):
        raise Missing(f"expected a {kind.__name__}, and this is a {type(value).__name__}")
    return value
