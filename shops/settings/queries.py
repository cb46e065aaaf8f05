"""How the tills are set."""

from kkmp.registry.models import Cooperative
from shops.settings.models import TillSettings


def settings_of(cooperative: Cooperative) -> TillSettings:
    """How the cooperative's tills work; what was never set is as the table's defaults."""
    found = TillSettings.objects.of(cooperative).first()
    return found or TillSettings(cooperative=cooperative)
