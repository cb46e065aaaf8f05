"""How a member's number is written."""


def member_number(number: int | None) -> str:
    """``0012``; empty for who has none yet."""
    return f"{number:04d}" if number else ""
