"""The list of sales: its filters, its figures, and the way there from the reports."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kkmp.exports import lists
from kkmp.lib.clock import business_today
from kkmp.registry import scope
from shops.models import Method
from shops.reports import tables
from shops.reports.date_ranges import DateRange
from shops.reports.filters import SaleFilter
from shops.reports.queries import sums
from shops.reports.queries.sums import ReportScope
from shops.till.services import sales
from shops.units.services import units
from tests.conftest import MONDAY
from tests.shops.conftest import MORNING, open_shift, returned

DAYS = DateRange(MONDAY, MONDAY + timedelta(days=1))


@pytest.fixture
def sold(sell, gula, telur, ani, gerai, sari, budi):
    """Three sales of Monday and one of Tuesday; on Tuesday a sugar of the first comes back."""
    shift = open_shift(gerai, sari)
    first = sell((gula, "3"), member=ani, needs_shift=True)
    qris = [sales.Tender(Method.QRIS, 14_500)]
    sell((telur, "0.5"), at=MORNING + timedelta(hours=2), payments=qris)
    sell((gula, "1"), (telur, "1"), needs_shift=True)
    sell((gula, "2"), at=MORNING + timedelta(days=1))
    returned(first, shift, budi, at=MORNING + timedelta(days=1, hours=5), line_1="1")
    return shift


class Request:
    """A cooperative alone, which is as good as a request to a filter."""

    def __init__(self, cooperative):
        self.cooperative = cooperative


@pytest.fixture
def wanted(sold, in_melati):
    def filtered(**query):
        asked = QueryDict(mutable=True)
        asked.update(DAYS.query() | query)
        request = Request(in_melati)
        return SaleFilter(asked, cooperative=in_melati, on=MONDAY, request=request)

    return filtered


def numbers(found):
    return [sale.number for sale in found.qs]


def test_without_days_it_is_today(sold, in_melati):
    found = SaleFilter(QueryDict(""), cooperative=in_melati, on=MONDAY, request=Request(in_melati))
    assert numbers(found) == [3, 2, 1]
    assert (found.form["since"].value(), found.form["until"].value()) == (
        "2026-11-23",
        "2026-11-23",
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [4, 3, 2, 1]),
        ({"since": "2026-11-24"}, [4]),
        ({"since": "31/02/2026", "until": "2026-11-23"}, [3, 2, 1]),
        ({"method": "qris"}, [2]),
        ({"method": "voucher"}, []),
        ({"buyer": "member"}, [1]),
        ({"buyer": "other"}, [4, 3, 2]),
        ({"q": "ani les"}, [1]),
        ({"q": "3"}, [3]),
        ({"q": "#1"}, [1]),
        ({"q": "nobody"}, []),
        ({"hour": "12"}, [2]),
        ({"returned": "on"}, [1]),
        ({"returned": "on", "buyer": "other"}, []),
        ({"cashier": "x", "shift": "x", "hour": "99"}, [4, 3, 2, 1]),
    ],
)
def test_the_list_is_filtered(wanted, query, found):
    assert numbers(wanted(**query)) == found


def test_it_is_filtered_by_rows_of_the_cooperative(wanted, sold, gula, telur, ani, sari, budi):
    for query, found in (
        ({"product": telur.id}, [3, 2]),
        ({"category": gula.category_id}, [4, 3, 2, 1]),
        ({"shift": sold.id}, [3, 1]),
        ({"member": ani.id}, [1]),
        ({"cashier": sari.pk}, [4, 3, 2, 1]),
        ({"cashier": budi.pk}, [4, 3, 2, 1]),
    ):
        assert numbers(wanted(**{name: str(value) for name, value in query.items()})) == found


def test_whoever_has_sold_can_be_chosen_and_nobody_else(wanted, sari):
    choices = wanted().form.fields["cashier"].queryset
    assert list(choices) == [sari]


def test_rows_tell_what_came_back_and_how_it_was_paid(wanted):
    first = wanted(q="1").qs.get()
    assert (first.returned_idr, first.methods) == (17_300, ["cash"])
    assert wanted(q="2").qs.get().methods == ["qris"]


def test_a_return_of_the_days_is_listed_whenever_it_was_sold(wanted):
    assert numbers(wanted(since="2026-11-24", returned="on")) == [1]


def test_narrowing_to_returns_does_not_change_the_figures(wanted):
    assert wanted(returned="on").total() == wanted().total()


def test_the_figures_are_those_of_the_reports(wanted, in_melati):
    assert wanted().total() == sums.total(ReportScope(in_melati, DAYS))


@pytest.mark.parametrize("name", ["day", "shift", "cashier", "hour", "member"])
def test_what_a_row_leads_to_adds_up_to_the_row(wanted, in_melati, name):
    """Not so for goods and payments: there the list adds up whole receipts, which is more."""
    found = tables.shown(name, ReportScope(in_melati, DAYS))
    for row in found.rows:
        link = tables.link(found, row)
        if not link:
            continue
        total = wanted(**link).total()
        assert (total.sold_idr, total.returned_idr) == (row.sold_idr, row.returned_idr), row.key
        assert (total.count, total.margin_idr) == (row.count, row.margin_idr), row.key


@pytest.mark.parametrize("name", ["product", "method"])
def test_what_a_row_of_goods_leads_to_are_the_receipts_that_it_counts(wanted, in_melati, name):
    found = tables.shown(name, ReportScope(in_melati, DAYS))
    for row in found.rows:
        assert wanted(**tables.link(found, row)).qs.count() == row.count


def test_the_list_and_its_figures_keep_to_their_statements(wanted):
    with CaptureQueriesContext(connection) as captured:
        found = wanted(method="cash")
        list(found.qs)
        found.total()
    assert len(captured) == 3


# --- The page ---------------------------------------------------------------------------------


@pytest.fixture
def budis(client_of, budi):
    client = client_of(budi)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def url(shop, **query):
    return reverse("shops:sales", args=[shop.cooperative.code], query=query)


def text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def day(shop, sari, budi):
    """Two sales of Monday, and half of the second comes back."""
    with scope.cooperative(shop.cooperative.pk):
        shift = open_shift(shop.unit, sari)
    shop.sell(sari, (shop.gula, "2"), member=shop.ani)
    sale = shop.sell(sari, (shop.gula, "2"), needs_shift=True)
    with scope.cooperative(shop.cooperative.pk):
        returned(sale, shift, budi, line_1="1")
    return {"since": "2026-11-23", "until": "2026-11-23"}


def test_a_day_of_sales_net_of_what_came_back(budis, shop, day):
    page = text(budis.get(url(shop, **day)))
    for words in (
        "Rp 52,100",
        "taken off Rp 69,600 sold",
        "Rp 34,600",
        "to others Rp 17,500",
    ):
        assert words in page
    assert "2 receipts" in page
    assert "since=2026-11-22&amp;until=2026-11-22" in page


def test_today_is_shown_first_and_has_no_tomorrow(budis, shop):
    response = budis.get(url(shop))
    today = business_today()
    assert response.context["filter"].dates == DateRange(today, today)
    assert response.context["later"] is None
    assert "No sales on these days" in text(response)


def test_a_filter_without_a_hit_says_so(budis, shop, day):
    assert "Nothing found" in text(budis.get(url(shop, **day, method="voucher")))


def test_the_list_comes_as_a_fragment(budis, shop):
    page = budis.get(url(shop), headers={"HX-Request": "true"})
    assert b"<html" not in page.content
    assert "HX-Request" in page["Vary"]


def test_what_a_report_asked_for_is_said_and_can_be_left_out(budis, shop, day):
    page = text(budis.get(url(shop, **day, product=shop.gula.id, page="1")))
    assert "Product: <strong>Gula Pasir 1 kg</strong>" in page
    assert f'href="{url(shop, **day).replace("&", "&amp;")}"' in page


def test_the_page_keeps_to_its_statements(budis, shop, day, sari):
    for _time in range(4):
        shop.sell(sari, (shop.gula, "1"), member=shop.ani)
    with CaptureQueriesContext(connection) as captured:
        assert budis.get(url(shop, **day)).status_code == 200
    tables = ("shops_", "finance_", "members_", "access_user")
    own = [q for q in captured if any(f'FROM "{table}' in q["sql"] for table in tables)]
    # Units, cashiers, the count, the page, sales and returns; and who is signed in.
    assert len(own) <= 9


def test_a_unit_of_another_cooperative_finds_nothing_of_it(budis, shop, day, mawar, joko):
    with scope.cooperative(mawar.pk):
        theirs = units.open_unit(cooperative=mawar, name="Gerai", by=joko)
    response = budis.get(url(shop, **day, unit=theirs.pk))
    assert response.context["filter"].given.get("unit") is None


def test_the_file_has_the_rows_of_the_page(budis, shop, day):
    kind = lists.by_code("sales")
    with scope.cooperative(shop.cooperative.pk):
        query = QueryDict(mutable=True)
        query.update(day | {"buyer": "other"})
        content = kind.content(lists.ListRequest(shop.cooperative, query, MONDAY))
        table, summary = content.sheets
        rows = [[column.value(row) for column in table.columns] for row in table]
        figures = {str(row[0]): row[1] for row in summary.rows}
    ((number, unit, at, *rest),) = rows
    assert (number, unit, at) == ("2", "Gerai sembako", MORNING)
    assert rest == ["General", "Sari (rekaan)", "Cash", 35_000, 17_500]
    assert figures["Turnover"] == 17_500
    words = {condition.label: condition.value for condition in content.conditions}
    assert words == {
        "From": "23 November 2026",
        "Until": "23 November 2026",
        "Buyer": "Non-members",
    }
    assert "Save as Excel" in text(budis.get(url(shop, **day)))
