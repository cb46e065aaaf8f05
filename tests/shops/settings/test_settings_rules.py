"""The settings of the tills are one row."""

from shops.models import (
    TillSettings,
)
from tests.shops.rules import breaks, refused


def test_the_settings_are_one_row_with_a_step(in_melati):
    kept = TillSettings.objects.create(cooperative=in_melati)
    breaks("shops_tillsettings_one_row", kept)
    with refused("shops_tillsettings_step"):
        TillSettings.objects.of(in_melati).update(cash_step_idr=0)
