"""How members and vouchers are named where their whole number must not be shown."""

from typing import Protocol


class Numbered(Protocol):
    """Anything with a member's number, as receipts need no more of a member."""

    @property
    def number(self) -> int | None: ...


def number_of(member: Numbered | None) -> str:
    """The member's number as text; a dash where there is none, empty where no member bought."""
    return str(member.number or "–") if member else "–"


def ending(code: str) -> str:
    """The end of a voucher's code: enough to tell it from others, too little to spend it."""
    return f"•••{code[-3:]}"


def masked_number(number: int) -> str:
    """The last two digits, which tell a family's members apart: others may read the receipt."""
    return f"***{number % 100:02d}"
