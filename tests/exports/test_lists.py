"""Every list that is offered: its page exists, and its parameters are those of the page."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from kkmp.exports import lists, workbook
from kkmp.exports.lists import ListRequest
from kkmp.exports.workbook import Heading
from tests.conftest import MONDAY
from tests.exports.conftest import NOW, table_of

LISTS = lists.registered()


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.code)
def test_a_list_has_a_page(kind, melati):
    assert reverse(kind.page, args=[melati.code])


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.code)
def test_an_empty_list_is_a_file_with_its_heads(kind, in_melati):
    asked = ListRequest(in_melati, QueryDict(""), MONDAY)
    content, _rows = workbook.write(kind.content(asked), Heading("Melati", NOW, "Rini"))
    assert table_of(content)[0]


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.code)
def test_nonsense_in_the_address_is_not_minded(kind, in_melati):
    query = QueryDict("&".join(f"{name}=%00%27bogus" for name in kind.parameters if name != "q"))
    assert kind.content(ListRequest(in_melati, query, MONDAY)).count() >= 0


def test_codes_and_addresses_are_told_apart():
    assert len({kind.code for kind in LISTS}) == len({kind.slug for kind in LISTS}) == len(LISTS)
