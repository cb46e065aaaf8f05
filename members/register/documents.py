"""What every paper about a member has in common: the letterhead, numbers and marks of copies."""

from kkmp.registry.models import Cooperative


def member_number(number: int | None) -> str:
    """``0012``; empty for who has none yet."""
    return f"{number:04d}" if number else ""


def copy_mark(copy: int) -> str:
    """``SALINAN`` for the first copy, ``SALINAN KE-2`` for the second; nothing for the original."""
    return "" if copy == 0 else "SALINAN" if copy == 1 else f"SALINAN KE-{copy}"


def letterhead(cooperative: Cooperative) -> list[str]:
    """What stands below the cooperative's name on paper: address and numbers."""
    numbers = [
        f"{label} {value}"
        for label, value in (
            ("Badan hukum", cooperative.ahu_number),
            ("NPWP", cooperative.npwp),
        )
        if value
    ]
    return [line for line in (cooperative.address, *numbers) if line]
