"""No row of the goods points into another cooperative."""

import pytest
from django.db import IntegrityError, transaction

from kkmp.registry import scope
from shops.models import (
    Category,
    GoodsRule,
    Pack,
    Price,
    Stock,
)
from shops.units.services import units
from tests.conftest import MONDAY
from tests.shops.conftest import open_gerai, stock_gula
from tests.shops.rules import copied, refused


def test_no_shelf_or_product_points_into_another_cooperative(melati, mawar, budi, joko):
    with scope.cooperative(mawar.pk):
        theirs = stock_gula(open_gerai(mawar, joko), joko)
    with scope.cooperative(melati.pk):
        unit = units.open_unit(cooperative=melati, name="Gerai", by=budi)
        category = Category.objects.create(cooperative=melati, name="Sembako")
        rows = [
            copied(theirs, cooperative_id=melati.pk, category_id=category.pk),
            copied(theirs, cooperative_id=melati.pk, unit_id=unit.pk),
            Stock(cooperative=melati, product_id=theirs.pk),
        ]
        for row in rows:
            with pytest.raises(IntegrityError, match="_tenant"), transaction.atomic():
                row.save(force_insert=True)


def test_no_price_points_into_another_cooperative(melati, mawar, budi, joko):
    with scope.cooperative(mawar.pk):
        theirs = stock_gula(open_gerai(mawar, joko), joko)
    with scope.cooperative(melati.pk):
        rows = [
            Pack(cooperative=melati, product_id=theirs.pk, name="dus", factor=2),
            Price(cooperative=melati, product_id=theirs.pk, price_idr=1, valid_from=MONDAY),
            GoodsRule(cooperative=melati, product_id=theirs.pk, valid_from=MONDAY, source="SK"),
        ]
        for row in rows:
            with refused("_tenant"):
                row.save(force_insert=True)
