"""How buyers and vouchers are named where their whole number must not be read."""

from typing import Protocol


class Numbered(Protocol):
    """A member, as far as a receipt knows one."""

    @property
    def number(self) -> int | None: ...


def number_of(member: Numbered | None) -> str:
    """How a member is named here."""
    return str(member.number or "–") if member else "–"


def ending(code: str) -> str:
    """Enough to tell one voucher from another, and too little to spend it."""
    return f"•••{code[-3:]}"


def masked_number(number: int) -> str:
    """Only the last two digits, enough to tell a family apart: others may read the receipt."""
    return f"***{number % 100:02d}"
