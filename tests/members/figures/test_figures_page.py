"""The page, the API and the file of the figures."""

import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kkmp.exports import lists, workbook
from kkmp.exports.lists import ListRequest
from kkmp.exports.workbook import Heading
from tests.conftest import MONDAY
from tests.exports.conftest import NOW, table_of


def url(cooperative, **query):
    return reverse("members:figures", args=[cooperative.code], query=query)


def test_the_page_leads_from_a_number_to_the_people(ayu, wulan, tono, client_of):
    browser = client_of(tono)
    page = browser.get(url(ayu.cooperative)).content.decode()
    links = [link.replace("&amp;", "&") for link in re.findall(r'figure-link" href="([^"]+)', page)]
    assert len(links) >= 6
    for link in links:
        shown = re.search(re.escape(link.replace("&", "&amp;")) + r'">(\d+)', page)
        register = browser.get(link)
        assert register.context["page"].paginator.count == int(shown[1])


def test_a_view_can_be_bookmarked(ayu, wulan, tono, client_of):
    page = client_of(tono).get(url(ayu.cooperative, status="applied", rw="003"))
    assert page.context["status"] == "applied"
    sex = next(group for group in page.context["groups"] if group["code"] == "sex")
    assert sex["people"] == 1
    assert 'value="003" selected' in page.content.decode()


def test_a_change_of_the_filter_answers_with_the_figures_only(ayu, tono, client_of):
    part = client_of(tono).get(url(ayu.cooperative, rw="001"), headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part["Vary"]


def test_an_empty_register_has_a_page_too(in_melati, tono, client_of):
    assert client_of(tono).get(url(in_melati)).status_code == 200


def test_a_wrong_day_is_told_beside_its_box(ayu, tono, client_of):
    page = client_of(tono).get(url(ayu.cooperative, joined_since="kapan-kapan"))
    assert page.status_code == 200
    assert "field-error" in page.content.decode()
    assert '<details class="filters-more" open>' in page.content.decode()


def test_the_page_asks_few_statements(ayu, tono, client_of):
    browser = client_of(tono)
    browser.get(url(ayu.cooperative))
    with CaptureQueriesContext(connection) as asked:
        browser.get(url(ayu.cooperative, rw="001", age="26-35"))
    assert len(asked) <= 28


def test_the_file_has_a_sheet_for_every_table(ayu, wulan):
    kind = lists.by_code("figures")
    content = kind.content(ListRequest(ayu.cooperative, QueryDict("status=all"), MONDAY))
    file, _rows = workbook.write(content, Heading("Melati", NOW, "Rini"))
    assert len(content.sheets) == 10
    assert [row[1] for row in table_of(file, 1)[1:]] == [0, 1, 0, 1, 0]
    assert [row[1:3] for row in table_of(file, 2)[1:]] == [[2, 1], [0, 0], [0, 0]]
    assert table_of(file, 9)[1][1:] == [100_000, 0, 0, 100_000]
    assert content.conditions[0].value == "Semua"


@pytest.mark.parametrize(
    ("query", "people"), [("", 1), ("status=all", 2), ("status=applied&rw=003", 1), ("rw=009", 0)]
)
def test_the_api_gives_the_same(ayu, wulan, tono, api_of, query, people):
    data = api_of(tono).get(f"/api/v1/members/figures/?{query}").json()
    sex = next(group for group in data["groups"] if group["code"] == "sex")
    assert sum(row["people"] for row in sex["rows"]) == people
    assert data["target"]["members"] == 1
    assert data["capital"]["kinds"][0]["code"] == "pokok"
    assert data["growth"][-1]["month"] == "2026-11-01" or data["growth"]


def test_the_api_refuses_what_it_does_not_understand(ayu, tono, api_of):
    answer = api_of(tono).get("/api/v1/members/figures/?age=old&joined_since=x")
    assert answer.status_code == 400
    assert set(answer.json()["fields"]) == {"age", "joined_since"}
