"""Pages that go on after a row: each row once, in order, forwards and back."""

import pytest

from kkmp.lib import keyset
from kkmp.registry.models import Kelurahan

ORDER = ("kecamatan_id", "code")


@pytest.fixture
def rows(db):
    return Kelurahan.objects.all()


def walk(rows, order, size):
    pages, given = [], ""
    while True:
        page = keyset.page(rows, order, size=size, given=given)
        pages.append(page)
        if not page.next:
            return pages
        given = page.next


@pytest.mark.parametrize("order", [ORDER, ("-kecamatan_id", "-code")])
def test_each_row_comes_once_and_in_order(rows, order):
    found = [row.pk for page in walk(rows, order, 10) for row in page]
    assert found == list(rows.order_by(*order).values_list("pk", flat=True))
    assert len(found) > 100


def test_back_leads_to_the_page_before(rows):
    first, second, third, *_ = walk(rows, ORDER, 10)
    back = keyset.page(rows, ORDER, size=10, given=third.previous)
    assert [row.pk for row in back] == [row.pk for row in second]
    assert back.next
    again = keyset.page(rows, ORDER, size=10, given=back.previous)
    assert [row.pk for row in again] == [row.pk for row in first]
    assert (first.previous, again.previous) == ("", "")


def test_the_last_page_reads_no_more_than_the_first(rows, django_assert_num_queries):
    last = walk(rows, ORDER, 10)[-1]
    with django_assert_num_queries(1) as asked:
        keyset.page(rows, ORDER, size=10, given=last.previous)
    (only,) = asked.captured_queries
    assert "OFFSET" not in only["sql"]
    assert "COUNT" not in only["sql"]


@pytest.mark.parametrize(
    "given", ["3", "after", "after~", "after~a~b~c", "sideways~a~b", "after~\x00~b", "~" * 50]
)
def test_nonsense_is_the_first_page(rows, given):
    first = keyset.page(rows, ORDER, size=10, given=None)
    found = keyset.page(rows, ORDER, size=10, given=given)
    assert [row.pk for row in found] == [row.pk for row in first]
