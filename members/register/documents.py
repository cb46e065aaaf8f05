"""What every paper about a member has in common: the letterhead."""

from kkmp.registry.models import Cooperative


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
