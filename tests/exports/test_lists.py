"""Every list that is offered: its page exists, and its parameters are those of the page."""

import pytest
from django.http import QueryDict
from django.urls import resolve

from kkmp.exports import lists, workbook
from kkmp.exports.lists import ListRequest
from kkmp.exports.workbook import Heading
from tests.conftest import MONDAY
from tests.exports.conftest import NOW, rows_of, table_of, taken, xml_of

LISTS = lists.registered()


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.code)
def test_a_list_has_a_page(kind, melati):
    query = "account=1-1101&since=2026-11-01" if kind.code == "account_book" else "rw=002"
    path, _mark, shown = kind.address(melati, query).partition("?")
    assert resolve(path).view_name == kind.page
    assert shown == query.removeprefix("account=1-1101&")


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.code)
def test_an_empty_list_is_a_file_with_its_heads(kind, in_melati):
    asked = ListRequest(in_melati, QueryDict(""), MONDAY)
    content, _rows = workbook.write(kind.content(asked), Heading("Melati", NOW, "Rini"))
    assert table_of(content)[0]


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.code)
def test_every_table_that_adds_up_ends_with_a_total(kind, in_melati):
    content = taken(kind.code, in_melati)
    sheets = kind.content(ListRequest(in_melati, QueryDict(""), MONDAY)).sheets
    adding_up = [at for at, sheet in enumerate(sheets) if sheet.has_total]
    assert adding_up
    for at in adding_up:
        assert rows_of(content, at)[-1][0].startswith("Total · ")
        assert "<f>" not in xml_of(content, f"xl/worksheets/sheet{at + 1}.xml")


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.code)
def test_nonsense_in_the_address_is_not_minded(kind, in_melati):
    query = QueryDict("&".join(f"{name}=%00%27bogus" for name in kind.parameters if name != "q"))
    assert min(kind.content(ListRequest(in_melati, query, MONDAY)).counts()) >= 0


def test_codes_and_addresses_are_told_apart():
    assert len({kind.code for kind in LISTS}) == len({kind.slug for kind in LISTS}) == len(LISTS)
