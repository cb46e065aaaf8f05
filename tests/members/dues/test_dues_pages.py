"""The grid of months, the arrears, and calling on people, on the pages."""

from datetime import date
from urllib.parse import unquote

import pytest
from django.urls import reverse

from kkmp.lib.clock import business_today
from kkmp.lib.periods import add_months, format_month
from members.dues.schedule import State
from members.models import Contact, Member, Status


@pytest.fixture
def since(in_melati):
    """Let somebody have joined some months ago."""

    def back(member: Member, months: int) -> Member:
        joined = add_months(business_today(), -months)
        Member.objects.of(in_melati).filter(id=member.id).update(joined_on=joined)
        member.refresh_from_db()
        return member

    return back


def _url(name, cooperative, *args):
    return reverse(f"members:{name}", args=[cooperative.code, *args])


def test_the_grid_shows_each_month_by_sign_and_word(
    ayu, since, pay, mandatory, in_melati, tono, client_of
):
    since(ayu, 3)
    pay(ayu, mandatory, 14_000)
    year = add_months(business_today(), -3).year
    response = client_of(tono).get(_url("dues", in_melati), {"tahun": year})
    [row] = response.context["rows"]
    owed = [cell.state for cell in row.cells if cell.state != State.NOTHING]
    assert owed[:2] == [State.PAID, State.PART]
    assert (row.status.arrears_idr, row.status.behind) == (16_000, 2)
    text = response.content.decode()
    assert 'class="month month-part"' in text
    assert "½" in text


def test_a_year_out_of_range_is_this_year(ayu, in_melati, tono, client_of):
    browser = client_of(tono)
    for asked in ("1999", "zzzz", "9999", ""):
        response = browser.get(_url("dues", in_melati), {"tahun": asked})
        assert response.context["year"] == business_today().year
    ahead = browser.get(_url("dues", in_melati), {"tahun": business_today().year + 1})
    assert ahead.context["after"] is None


def test_a_register_without_members_says_so(in_melati, tono, client_of):
    response = client_of(tono).get(_url("dues", in_melati))
    assert response.context["rows"] == []
    assert 'class="empty-state"' in response.content.decode()


def test_the_grid_is_searched_and_filtered(
    ayu, enrol, since, pay, mandatory, in_melati, tono, client_of
):
    since(ayu, 2)
    browser, url = client_of(tono), _url("dues", in_melati)

    def found(**query):
        return [row.member for row in browser.get(url, query).context["rows"]]

    assert found(q="ayu") == [ayu]
    assert found(q="0001", rw="1") == [ayu]
    assert found(rw="009") == []
    assert found(status="behind", order="arrears") == [ayu]
    assert found(status="ahead") == []
    pay(ayu, mandatory, 50_000)
    assert found(status="ahead", order="number") == [ayu]
    assert found(status="left") == []
    Member.objects.of(in_melati).filter(id=ayu.id).update(
        status=Status.LEFT, left_on=business_today()
    )
    assert found(status="left") == [ayu]
    assert found() == []


def test_the_grid_asks_the_same_few_statements_for_one_or_many(
    ayu, enrol, in_melati, tono, client_of, django_assert_max_num_queries
):
    for serial in range(20):
        member = enrol(f"Orang {serial}")
        Member.objects.of(in_melati).filter(id=member.id).update(
            status=Status.ACTIVE, number=100 + serial, joined_on=date(2026, 1, 5)
        )
    browser = client_of(tono)
    for name in ("dues", "arrears"):
        with django_assert_max_num_queries(25):
            assert len(browser.get(_url(name, in_melati)).context["rows"]) >= 20


def test_htmx_gets_the_grid_alone(ayu, in_melati, tono, client_of):
    response = client_of(tono).get(_url("dues", in_melati), headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()


def test_the_arrears_name_months_amount_and_age(ayu, wulan, since, in_melati, tono, client_of):
    since(ayu, 5)
    response = client_of(tono).get(_url("arrears", in_melati))
    [row] = response.context["rows"]
    assert (row.status.arrears_idr, row.status.behind) == (50_000, 5)
    sums = {tab["value"]: tab["sums"].people for tab in response.context["tabs"]}
    assert sums == {"": 1, "1-3": 0, "4-6": 1, "7": 0}
    text = unquote(row.whatsapp)
    assert row.whatsapp.startswith("https://wa.me/6281200000002?text=")
    assert "Rp50.000" in text
    assert format_month(add_months(business_today(), -5)) in unquote(row.text) or "5" in text


@pytest.mark.parametrize(("age", "people"), [("1-3", 0), ("4-6", 1), ("7", 0), ("", 1)])
def test_the_arrears_are_chosen_by_age(ayu, since, in_melati, tono, client_of, age, people):
    since(ayu, 5)
    query = {"age": age, "q": "ayu", "rw": "001"}
    response = client_of(tono).get(_url("arrears", in_melati), query)
    assert len(response.context["rows"]) == people
    assert response.context["tabs"][0]["sums"].people == 1


def test_who_has_no_mobile_gets_no_whatsapp_link(ayu, since, in_melati, tono, client_of):
    since(ayu, 2)
    Member.objects.of(in_melati).filter(id=ayu.id).update(phone="+62247471234")
    response = client_of(tono).get(_url("arrears", in_melati))
    assert response.context["rows"][0].whatsapp == ""
    assert 'href="tel:' in response.content.decode()


def test_nobody_in_arrears_is_good_news(ayu, since, in_melati, tono, client_of):
    since(ayu, 0)
    response = client_of(tono).get(_url("arrears", in_melati))
    assert response.context["rows"] == []
    assert 'class="empty-state"' in response.content.decode()


def test_a_contact_is_noted_and_shown(ayu, since, in_melati, tono, client_of):
    since(ayu, 2)
    browser = client_of(tono)
    sent = {"channel": "whatsapp", "note": " janji  Sabtu "}
    response = browser.post(_url("contacted", in_melati, ayu.id) + "?rw=001", sent)
    assert response["Location"] == _url("arrears", in_melati) + f"?rw=001#m-{ayu.id}"
    browser.post(_url("contacted", in_melati, ayu.id), sent)
    contact = Contact.objects.of(in_melati).get()
    assert (contact.purpose, contact.note, contact.by) == ("arrears", "janji Sabtu", tono)
    assert "janji Sabtu" in browser.get(_url("arrears", in_melati)).content.decode()


@pytest.mark.parametrize(
    "sent", [{}, {"channel": "pigeon"}, {"channel": "call", "note": "x" * 201}]
)
def test_a_contact_that_cannot_be_is_refused(ayu, in_melati, tono, client_of, sent):
    response = client_of(tono).post(_url("contacted", in_melati, ayu.id), sent, follow=True)
    assert list(response.context["messages"])
    assert not Contact.objects.of(in_melati).exists()


def test_the_supervisor_reads_and_notes_nothing(ayu, since, in_melati, wati, client_of):
    since(ayu, 2)
    browser = client_of(wati)
    text = browser.get(_url("arrears", in_melati)).content.decode()
    assert "contact-note" not in text
    assert browser.post(_url("contacted", in_melati, ayu.id)).status_code == 403


def test_the_member_s_page_shows_the_year_and_what_is_due(
    ayu, since, in_melati, tono, mandatory, client_of
):
    since(ayu, 2)
    text = client_of(tono).get(_url("detail", in_melati, ayu.id)).content.decode()
    assert text.count('<li class="month ') == 12
    assert f"{_url('deposit', in_melati, ayu.id)}?kind={mandatory.id}" in text


def test_who_is_no_member_has_no_dues(wulan, in_melati, tono, client_of):
    text = client_of(tono).get(_url("detail", in_melati, wulan.id)).content.decode()
    assert 'id="dues-title"' not in text
