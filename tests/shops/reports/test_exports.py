"""Products and journals as files: as on their pages."""

from datetime import date

import pytest
from django.http import QueryDict

from kkmp.exports import lists, workbook
from kkmp.exports.lists import ListRequest
from kkmp.exports.workbook import Heading
from tests.conftest import MONDAY
from tests.exports.conftest import NOW, table_of


@pytest.fixture
def taken(in_melati, shop):
    def take(code, query=""):
        content = lists.by_code(code).content(ListRequest(in_melati, QueryDict(query), MONDAY))
        return table_of(workbook.write(content, Heading("Melati", NOW, "Rini"))[0])

    return take


def test_products_have_prices_as_numbers_and_codes_as_text(taken, shop):
    titles, *rows = taken("products")
    assert titles[:4] == ["Name", "Barcode or code", "Category", "Stock"]
    by_name = {row[0]: row for row in rows}
    sugar = by_name[shop.gula.name]
    assert sugar[1] == shop.gula.code
    assert sugar[5:] == [shop.gula.general_price_idr, shop.gula.member_price_idr]
    assert list(by_name) == sorted(by_name)


def test_products_are_filtered_as_on_the_page(taken, shop):
    assert len(taken("products", "retired=on")) == 1
    assert [row[0] for row in taken("products", f"q={shop.gula.name}")[1:]] == [shop.gula.name]


def test_journals_stand_as_on_the_page(taken):
    titles, *rows = taken("journals", "kind=opening")
    assert titles == ["Description", "Number", "Date", "Kind", "Amount"]
    numbers = [int(row[1]) for row in rows]
    assert numbers == sorted(numbers, reverse=True)
    assert {row[2] for row in rows} == {date(2026, 11, 23)}
    assert all(row[4] > 0 for row in rows)
