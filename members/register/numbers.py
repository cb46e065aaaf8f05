"""How a member's number is written."""


def member_number(number: int | None) -> str:
    """``0012``; empty for who has none yet."""
    return f"{number:04d}" if number else ""


def masked_number(number: int) -> str:
    """``***12``: the last two digits, which tell a family's members apart on a receipt that others
    may read.
    """
    return f"***{number % 100:02d}"
