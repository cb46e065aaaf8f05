"""Opening, renaming and closing units of business."""

import pytest

from finance.models import BusinessUnit
from kkmp.access.models import AuditEvent
from shops.goods.services import products
from shops.units import queries
from shops.units.services import units
from shops.units.services.units import UnitRefused
from tests.conftest import MONDAY
from tests.shops.conftest import particulars


def test_a_unit_is_opened_with_a_code_of_its_name(in_melati, budi):
    unit = units.open_unit(cooperative=in_melati, name="  Agen  LPG ", by=budi)
    assert (unit.name, unit.code, unit.is_active) == ("Agen LPG", "agen-lpg", True)
    assert AuditEvent.objects.of(in_melati).filter(action="unit.open", actor=budi).count() == 1


def test_a_long_name_makes_a_code_that_fits(in_melati, budi):
    unit = units.open_unit(cooperative=in_melati, name="Pengolahan Bandeng Presto Ibu", by=budi)
    assert unit.code == "pengolahan-bandeng-p"


def test_a_name_without_letters_still_gets_a_code(in_melati, budi):
    assert units.open_unit(cooperative=in_melati, name="☕", by=budi).code == "unit"


@pytest.mark.parametrize("name", ["", "   "])
def test_a_unit_needs_a_name(in_melati, budi, name):
    with pytest.raises(UnitRefused, match="Write the name"):
        units.open_unit(cooperative=in_melati, name=name, by=budi)


def test_two_units_cannot_share_a_name(gerai, budi):
    with pytest.raises(UnitRefused, match="already"):
        units.open_unit(cooperative=gerai.cooperative, name="GERAI SEMBAKO", by=budi)


def test_two_units_cannot_share_a_code(gerai, budi):
    with pytest.raises(UnitRefused, match="code"):
        units.open_unit(cooperative=gerai.cooperative, name="Gerai", by=budi)


def test_a_unit_is_renamed_and_closed(gerai, in_melati, budi):
    closed = units.edit(unit=gerai, name="Gerai Sembako", is_active=False, by=budi)
    assert (closed.name, closed.code, closed.is_active) == ("Gerai Sembako", "gerai", False)
    event = AuditEvent.objects.of(in_melati).get(action="unit.edit")
    assert event.details == {"name": "Gerai Sembako", "is_active": False}


def test_a_unit_cannot_take_the_name_of_another(gerai, in_melati, budi):
    units.open_unit(cooperative=in_melati, name="Apotek", by=budi)
    with pytest.raises(UnitRefused, match="already"):
        units.edit(unit=gerai, name="apotek", is_active=True, by=budi)
    assert BusinessUnit.objects.of(in_melati).get(id=gerai.id).name == "Gerai sembako"


def test_units_come_with_how_many_goods_they_sell(gerai, gula, telur, in_melati, budi):
    apotek = units.open_unit(cooperative=in_melati, name="Apotek", by=budi)
    retired = products.add(
        on=MONDAY, cooperative=in_melati, particulars=particulars(apotek, name="Oralit"), by=budi
    )
    products.retire(product=retired, by=budi)
    counted = {row.unit.code: row.goods for row in queries.units_with_goods(in_melati)}
    assert counted == {"gerai": 2, "apotek": 0}
