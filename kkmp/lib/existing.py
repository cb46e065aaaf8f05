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
