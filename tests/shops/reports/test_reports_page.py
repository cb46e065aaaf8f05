"""The page of the reports, its file, and the same by program."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kkmp.city.cooperatives.queries import home
from kkmp.exports import lists
from kkmp.lib.clock import business_today
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from shops.drawers.services import shifts
from shops.drawers.services.shifts import Counted
from shops.reports.queries import sums
from tests.conftest import MONDAY
from tests.shops.conftest import MORNING, open_shift, returned

DAY = {"since": "2026-11-23", "until": "2026-11-23"}


@pytest.fixture
def budis(client_of, budi):
    client = client_of(budi)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def day(shop, sari, budi):
    """Two sales of Monday, half of the second comes back, and Rp500 are missing at closing."""
    with scope.cooperative(shop.cooperative.pk):
        shift = open_shift(shop.unit, sari)
    shop.sell(sari, (shop.gula, "2"), member=shop.ani)
    sale = shop.sell(sari, (shop.gula, "2"), needs_shift=True)
    with scope.cooperative(shop.cooperative.pk):
        returned(sale, shift, budi, line_1="1")
        shifts.close(
            shift=shift,
            counted=Counted({1_000: 17}),
            note="kembalian salah",
            key=new_id(),
            at=MORNING,
            by=sari,
        )
    return shift


def url(shop, **query):
    return reverse("shops:reports", args=[shop.cooperative.code], query=query)


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("by", "words"),
    [
        (
            "day",
            ["23 November 2026", "Rp 69,600", "Rp 17,500", "Rp 52,100", "Rp 3,500"],
        ),
        ("shift", ["1 · Laci sari", "Without a shift"]),
        ("cashier", ["Sari (rekaan)", "100%"]),
        ("product", ["Gula Pasir 1 kg", "product="]),
        ("category", ["Sembako"]),
        ("hour", ["10.00-10.59"]),
        ("method", ["Cash", "Paid in"]),
        ("member", ["Members", "Non-members", "66.4%"]),
        ("difference", ["-Rp 500", "kembalian salah", "Rp 17,500", "Rp 17,000"]),
    ],
)
def test_each_report_is_shown(budis, shop, day, by, words):
    page = text(budis.get(url(shop, by=by, **DAY)))
    above = "0 of them exact" if by == "difference" else "taken off Rp 69,600 sold"
    for word in (*words, above, "Save as Excel"):
        assert word in page


def test_a_row_leads_to_the_sales_behind_it(budis, shop, day):
    page = text(budis.get(url(shop, by="member", unit=shop.unit.pk, **DAY)))
    address = reverse("shops:sales", args=[shop.cooperative.code])
    wanted = f"{address}?since=2026-11-23&amp;until=2026-11-23&amp;unit={shop.unit.pk}"
    assert f"{wanted}&amp;buyer=member" in page


def test_tabs_and_days_keep_what_is_chosen(budis, shop, day):
    response = budis.get(url(shop, by="hour", unit=shop.unit.pk, **DAY))
    tabs = {tab["url"]: tab["current"] for tab in response.context["tabs"]}
    assert tabs[f"?by=hour&since=2026-11-23&until=2026-11-23&unit={shop.unit.pk}"]
    assert sum(tabs.values()) == 1
    assert all(f"unit={shop.unit.pk}" in usual["url"] for usual in response.context["days"])


def test_today_by_day_is_shown_first(budis, shop):
    response = budis.get(url(shop))
    assert response.context["dates"].since == business_today()
    assert [usual["current"] for usual in response.context["days"]].count(True) >= 1
    assert "No sales on these days" in text(response)


def test_days_without_a_closed_shift_say_so(budis, shop):
    assert "No shift was closed on these days" in text(budis.get(url(shop, by="difference")))


@pytest.mark.parametrize("query", [{"by": "x"}, {"since": "x"}, {"unit": "x"}, {"page": "x"}])
def test_what_makes_no_sense_is_left_out(budis, shop, query):
    assert budis.get(url(shop, **query)).status_code == 200


def test_the_report_comes_as_a_fragment(budis, shop):
    page = budis.get(url(shop), headers={"HX-Request": "true"})
    assert b"<html" not in page.content
    assert "HX-Request" in page["Vary"]


@pytest.mark.parametrize("by", sums.NAMES)
def test_a_report_keeps_to_its_statements(budis, shop, day, by):
    with CaptureQueriesContext(connection) as captured:
        assert budis.get(url(shop, by=by, **DAY)).status_code == 200
    tables = ("shops_", "finance_", "members_")
    own = [q for q in captured if any(f'FROM "{table}' in q["sql"] for table in tables)]
    assert len(own) <= 5


def test_the_menu_knows_the_page(budis, shop):
    menu = budis.get(url(shop)).context["shell"]["nav"]
    assert [str(entry["label"]) for entry in menu if entry["active"]] == ["Reports"]


def test_the_home_of_the_cooperative_is_net_of_what_came_back(shop, day):
    with scope.cooperative(shop.cooperative.pk):
        (today,) = home.days(shop.cooperative, MONDAY)[-1:]
    assert (today.turnover_idr, today.sales) == (52_100, 2)


# --- The file ---------------------------------------------------------------------------------


@pytest.mark.parametrize("by", sums.NAMES)
def test_the_file_is_the_table_of_the_page(budis, shop, day, by):
    query = QueryDict(mutable=True)
    query.update(DAY | {"by": by, "unit": str(shop.unit.pk)})
    with scope.cooperative(shop.cooperative.pk):
        content = lists.by_code("sales_reports").content(
            lists.ListRequest(shop.cooperative, query, MONDAY)
        )
        table, summary = content.sheets
        rows = [[column.value(row) for column in table.columns] for row in table]
    page = budis.get(url(shop, by=by, **DAY))
    assert [str(column.title) for column in table.columns] == [
        str(title) for title, _is_figure in page.context["columns"]
    ]
    assert len(rows) == len(page.context["rows"])
    assert {str(row[0]): row[1] for row in summary.rows}["Turnover"] == 52_100
    assert [condition.value for condition in content.conditions] == [
        "23 November 2026",
        "Gerai sembako",
    ]


def test_the_file_is_taken_out_by_those_who_read_sales(client_of, sari, budi, shop, day):
    address = reverse("exports:sales_reports_take_out", args=[shop.cooperative.code])
    assert client_of(sari).post(address).status_code == 403
    taken = client_of(budi).post(f"{address}?by=member&since=2026-11-23&until=2026-11-23")
    assert taken["Content-Type"].endswith("sheet")


# --- By program -------------------------------------------------------------------------------


def asked(api_of, person, shop, **query):
    return api_of(person, shop.cooperative).get(reverse("api-sales-report"), query)


def test_a_report_by_program(api_of, budi, shop, day):
    answer = asked(api_of, budi, shop, group="member", unit="gerai", **DAY).json()
    assert (answer["group"], answer["since"], answer["unit"]) == ("member", "2026-11-23", "gerai")
    assert answer["total"]["turnover_idr"] == 52_100
    assert [(row["key"], row["turnover_idr"]) for row in answer["rows"]] == [
        ("True", 34_600),
        ("False", 17_500),
    ]
    assert answer["shifts"] == []


@pytest.mark.parametrize("group", list(sums.ROWS))
def test_every_group_is_told(api_of, budi, shop, day, group):
    answer = asked(api_of, budi, shop, group=group, **DAY)
    assert answer.status_code == 200
    assert sum(row["turnover_idr"] for row in answer.json()["rows"]) == 52_100


def test_differences_by_program(api_of, budi, shop, day):
    (shift,) = asked(api_of, budi, shop, group="difference", **DAY).json()["shifts"]
    assert (shift["number"], shift["difference_idr"], shift["cashier"]) == (1, -500, "sari")


@pytest.mark.parametrize(
    ("query", "field"),
    [({}, "group"), ({"group": "x"}, "group"), ({"group": "day", "unit": "lain"}, "unit")],
)
def test_a_report_that_does_not_exist_is_refused(api_of, budi, shop, query, field):
    answer = asked(api_of, budi, shop, **query)
    assert answer.status_code in (400, 422)
    assert field in answer.json()["fields"]


def test_reports_and_receipts_are_for_those_who_read_sales(api_of, sari, shop):
    sale = shop.sell(sari, (shop.gula, "1"))
    assert asked(api_of, sari, shop, group="day").status_code == 403
    receipt = reverse("api-sale-receipt", args=[sale.id])
    assert api_of(sari, shop.cooperative).get(receipt).status_code == 403


def test_a_receipt_by_program_is_marked_as_a_copy(api_of, budi, sari, shop):
    sale = shop.sell(sari, (shop.gula, "1"))
    address = reverse("api-sale-receipt", args=[sale.id])
    narrow = api_of(budi, shop.cooperative).get(address).json()
    wide = api_of(budi, shop.cooperative).get(address, {"width": 80}).json()
    assert (narrow["number"], narrow["width"], wide["width"]) == (sale.number, 58, 80)
    assert max(map(len, narrow["text"].splitlines())) == 32
    assert max(map(len, wide["text"].splitlines())) == 48
    assert "SALINAN" in narrow["text"]
    assert "SALINAN" not in narrow["message"]


def test_a_receipt_that_is_none_is_not_there(api_of, budi, shop):
    address = reverse("api-sale-receipt", args=[new_id()])
    assert api_of(budi, shop.cooperative).get(address).status_code == 404
