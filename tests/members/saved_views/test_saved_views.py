"""Keeping, renaming, sharing and deleting views of the register and the figures."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from kkmp.access.models import AuditEvent
from kkmp.lib.errors import BrokenPromise
from members.models import SavedView, ViewPage
from members.saved_views.services import saved_views
from tests.stale import held, opened, refusal


@pytest.fixture
def keep(in_melati, rini):
    def save(name="RW 03 perempuan", query="sex=F&rw=003", **options):
        options = {"page": ViewPage.REGISTER, "is_shared": False, "by": rini} | options
        return saved_views.save(cooperative=in_melati, name=name, query=query, **options)

    return save


def url(cooperative, name, *args, **query):
    return reverse(f"members:{name}", args=[cooperative.code, *args], query=query)


# --- The service -----------------------------------------------------------------------------


def test_a_view_is_kept_in_its_plain_form(keep):
    view = keep(name="  RW 03   perempuan ", query="sex=F&page=3&rw=003&evil=1")
    assert (view.name, view.query) == ("RW 03 perempuan", "rw=003&sex=F")


def test_the_same_again_is_the_same_view(keep):
    assert keep().id == keep(query="rw=003&sex=F").id


def test_a_name_is_taken_once_a_person_and_page(keep, tono):
    keep()
    with pytest.raises(saved_views.ViewRefused) as refusal:
        keep(query="rw=004")
    assert "name" in refusal.value.fields
    assert keep(page=ViewPage.FIGURES)
    assert keep(by=tono, query="rw=004")


@pytest.mark.parametrize(("name", "query"), [("", ""), (" ", ""), ("x" * 41, "")])
def test_a_name_must_be_one(keep, name, query):
    with pytest.raises(saved_views.ViewRefused):
        keep(name=name, query=query)


@pytest.mark.parametrize("typed", ["0012", "08123456789", "3374115203900001"])
def test_no_number_of_a_person_is_kept(keep, typed):
    with pytest.raises(saved_views.ViewRefused):
        keep(query=f"q={typed}")
    assert keep(query="q=siti")


def test_there_is_an_end_to_views(keep, monkeypatch):
    monkeypatch.setattr(saved_views, "MOST", 1)
    keep()
    with pytest.raises(saved_views.ViewRefused, match="1"):
        keep(name="lain")


def test_a_filter_too_long_is_refused(keep):
    with pytest.raises(saved_views.ViewRefused):
        keep(query="agency=" + "a" * 1000)


def test_a_view_is_renamed_and_shared(keep, rini, in_melati):
    view = saved_views.change(view=keep(), name="Ibu-ibu", is_shared=True, by=rini)
    assert (view.name, view.is_shared) == ("Ibu-ibu", True)
    assert AuditEvent.objects.of(in_melati).filter(action="view.share").count() == 1


def test_the_view_of_somebody_else_is_not_changed(keep, tono):
    view = keep(is_shared=True)
    with pytest.raises(BrokenPromise):
        saved_views.change(view=view, name="Punya saya", is_shared=False, by=tono)
    view.refresh_from_db()
    assert (view.name, view.is_shared) == ("RW 03 perempuan", True)


def test_it_is_not_renamed_to_a_taken_name(keep, rini):
    keep(name="satu")
    with pytest.raises(saved_views.ViewRefused):
        saved_views.change(view=keep(name="dua"), name="satu", is_shared=False, by=rini)


def test_the_database_keeps_names_apart(keep, in_melati, rini):
    view = keep()
    with pytest.raises(IntegrityError, match="members_view_name"), transaction.atomic():
        SavedView.objects.create(
            cooperative=in_melati, owner=rini, page=view.page, name=view.name, query=""
        )


# --- The pages -------------------------------------------------------------------------------


def test_it_is_saved_from_the_register_and_stands_above_it(in_melati, wulan, rini, client_of):
    browser = client_of(rini)
    register = browser.get(url(in_melati, "list", rw="003", page="1")).context["saved"]
    form = browser.get(register["add_url"]).context["form"]
    sent = {"page": form["page"].value(), "query": form["query"].value(), "name": "RW tiga"}
    answer = browser.post(url(in_melati, "view_add"), sent)
    assert answer["Location"] == url(in_melati, "list", rw="003")
    page = browser.get(answer["Location"])
    assert [kept.current for kept in page.context["saved"]["views"]] == [True]
    assert "RW tiga" in page.content.decode()


def test_nothing_is_offered_to_be_kept_without_a_filter(in_melati, rini, client_of):
    assert client_of(rini).get(url(in_melati, "list")).context["saved"]["add_url"] == ""


def test_views_of_the_figures_stand_above_the_figures_only(keep, in_melati, rini, client_of):
    keep(page=ViewPage.FIGURES)
    browser = client_of(rini)
    assert browser.get(url(in_melati, "figures")).context["saved"]["views"]
    assert not browser.get(url(in_melati, "list")).context["saved"]["views"]


def test_a_refusal_stands_beside_the_name(keep, in_melati, rini, client_of):
    keep()
    sent = {"page": "register", "query": "rw=009", "name": "RW 03 perempuan"}
    answer = client_of(rini).post(url(in_melati, "view_add"), sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors["name"]


def test_others_see_what_is_shared_and_only_that(keep, in_melati, tono, client_of):
    keep(name="milik saya")
    keep(name="untuk semua", is_shared=True)
    page = client_of(tono).get(url(in_melati, "views")).content.decode()
    assert "untuk semua" in page
    assert "milik saya" not in page


def test_only_its_owner_changes_a_view(keep, in_melati, tono, rini, client_of):
    view = keep(is_shared=True)
    edit = url(in_melati, "view_edit", view.id)
    assert client_of(tono).get(edit).status_code == 404
    answer = client_of(rini).post(edit, {"name": "Lain"})
    assert answer.status_code == 302
    view.refresh_from_db()
    assert (view.name, view.is_shared) == ("Lain", False)


def test_a_view_that_was_shared_in_another_window_stays_so_under_a_new_name(
    keep, in_melati, rini, client_of
):
    view = keep()
    edit = url(in_melati, "view_edit", view.id)
    browser = client_of(rini)
    told = opened(browser, edit)
    saved_views.change(view=view, name=view.name, is_shared=True, by=rini)
    answer = browser.post(edit, told | {"name": "Lain"})
    assert "tadinya “Tidak”, sekarang “Ya”" in refusal(answer)
    assert browser.post(edit, held(answer.context["form"])).status_code == 302
    view.refresh_from_db()
    assert (view.name, view.is_shared) == ("Lain", True)


@pytest.mark.parametrize(
    ("person", "is_shared", "status"),
    [("rini", False, 302), ("tono", True, 404), ("budi", True, 302), ("budi", False, 404)],
)
def test_who_may_delete_a_view(keep, in_melati, person, is_shared, status, request, client_of):
    view = keep(is_shared=is_shared)
    user = request.getfixturevalue(person)
    assert client_of(user).post(url(in_melati, "view_delete", view.id)).status_code == status
    assert SavedView.objects.of(in_melati).exists() is (status == 404)


# --- The API ---------------------------------------------------------------------------------


def test_the_api_keeps_lists_changes_and_deletes(in_melati, rini, api_of):
    program, place = api_of(rini), "/api/v1/members/views/"
    sent = {"page": "figures", "name": "RW 3", "query": "rw=003&page=2"}
    made = program.post(place, sent, format="json")
    assert (made.status_code, made.data["query"]) == (201, "rw=003")
    assert [view["name"] for view in program.get(place).data] == ["RW 3"]
    one = f"{place}{made.data['id']}/"
    changed = program.patch(one, {"is_shared": True}, format="json")
    assert (changed.data["name"], changed.data["is_shared"]) == ("RW 3", True)
    assert program.delete(one).status_code == 204
    assert program.get(place).data == []


def test_the_api_refuses_as_the_page_does(keep, rini, tono, api_of):
    view = keep(is_shared=True)
    place = "/api/v1/members/views/"
    sent = {"page": "register", "name": view.name, "query": "rw=9"}
    assert api_of(rini).post(place, sent, format="json").status_code == 422
    assert api_of(tono).patch(f"{place}{view.id}/", {"name": "x"}, format="json").status_code == 404
    assert api_of(tono).delete(f"{place}{view.id}/").status_code == 404
