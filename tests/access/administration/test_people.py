"""Accounts and roles: made, changed and taken away through the services, with a trace."""

import re
from datetime import datetime

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from kkmp.access.models import RoleHolding, SystemEvent, User
from kkmp.access.permissions import Role
from tests.access.devices import device_of
from tests.conftest import PASSWORD

ADD_USER = "/admin/access/user/add/"
ADD_ROLE = "/admin/access/roleholding/add/"
GOOD = "gerai-buka-jam-tujuh"


def person(**changes):
    return {
        "name": "Citra (rekaan)",
        "username": "citra",
        "password1": GOOD,
        "password2": GOOD,
    } | changes


def acts():
    return list(SystemEvent.objects.order_by("id").values_list("action", flat=True))


def said(answer):
    form = answer.context["adminform"].form
    return {name: " ".join(texts) for name, texts in form.errors.items()}


# --- Accounts ---------------------------------------------------------------------------------


def test_an_account_needs_no_e_mail(agus_browses):
    assert agus_browses.post(ADD_USER, person()).status_code == 302
    citra = User.objects.get(username="citra")
    assert citra.check_password(GOOD)
    assert (citra.name, citra.email, citra.is_staff) == ("Citra (rekaan)", "", False)
    assert SystemEvent.objects.get(action="user.create").actor.username == "agus"


def test_a_new_account_may_sign_in_and_finds_nothing_yet(agus_browses):
    agus_browses.post(ADD_USER, person())
    browser = Client()
    assert browser.login(username="citra", password=GOOD)
    assert browser.get("/admin/").status_code == 403


@pytest.mark.empty_house
@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({"password2": "lain-sama-sekali-9"}, "password2", "not the same"),
        ({"password1": "12345678", "password2": "12345678"}, "password2", "too common"),
        ({"password1": "citra-rekaan", "password2": "citra-rekaan"}, "password2", "similar"),
        ({"username": "AGUS"}, "username", "already"),
        ({"username": "agus"}, "username", "already"),
        ({"username": "ada spasi"}, "username", "valid"),
        ({"username": ""}, "username", "required"),
    ],
)
def test_what_is_wrong_with_an_account_stands_beside_it(agus_browses, changes, field, text):
    answer = agus_browses.post(ADD_USER, person(**changes))
    assert answer.status_code == 200
    assert text in said(answer)[field]
    assert User.objects.count() == 1


def change(user, **changes):
    return {"name": user.name, "username": user.username} | changes


def test_an_account_is_renamed(agus_browses, sari):
    path = f"/admin/access/user/{sari.pk}/change/"
    assert agus_browses.post(path, change(sari, username="sari.melati")).status_code == 302
    sari.refresh_from_db()
    assert sari.username == "sari.melati"
    assert SystemEvent.objects.get(action="user.edit").details == {"fields": ["username"]}


def test_saving_without_a_change_leaves_no_trace(agus_browses, sari):
    before = acts()
    agus_browses.post(f"/admin/access/user/{sari.pk}/change/", change(sari))
    assert acts() == before


def test_somebody_who_is_switched_off_is_signed_out_at_once(agus_browses, sari, melati, client_of):
    hers = client_of(sari)
    assert hers.get(f"/k/{melati.code}/").status_code == 200
    assert agus_browses.post(f"/admin/access/user/{sari.pk}/blokir/").status_code == 302
    assert hers.get(f"/k/{melati.code}/").status_code == 302
    assert acts()[-1] == "user.deactivate"


def test_who_was_blocked_is_let_in_again_by_an_act_of_its_own(agus_browses, sari):
    page = f"/admin/access/user/{sari.pk}/"
    assert "blokir/" in agus_browses.get(f"{page}change/").content.decode()
    agus_browses.post(f"{page}blokir/")
    shown = agus_browses.get(f"{page}change/").content.decode()
    assert "buka-blokir/" in shown
    assert f"{page}blokir/" not in shown
    agus_browses.post(f"{page}buka-blokir/")
    sari.refresh_from_db()
    assert sari.is_active
    assert acts()[-2:] == ["user.deactivate", "user.activate"]


def test_saving_a_name_never_lifts_a_block(agus_browses, sari):
    agus_browses.post(f"/admin/access/user/{sari.pk}/blokir/")
    data = change(sari, name="Sari Rekaan", is_active="on")
    assert agus_browses.post(f"/admin/access/user/{sari.pk}/change/", data).status_code == 302
    sari.refresh_from_db()
    assert (sari.name, sari.is_active) == ("Sari Rekaan", False)


def test_nobody_switches_off_themselves(agus_browses, agus):
    answer = agus_browses.post(f"/admin/access/user/{agus.pk}/blokir/")
    assert "You cannot switch off your own account." in answer.content.decode()
    agus.refresh_from_db()
    assert agus.is_active


def test_rights_cannot_be_slipped_in(agus_browses, sari):
    data = change(sari, is_staff="on", is_superuser="on", user_permissions=["1"])
    agus_browses.post(f"/admin/access/user/{sari.pk}/change/", data)
    sari.refresh_from_db()
    assert not sari.is_staff
    assert not sari.is_superuser


def test_a_new_password_signs_out_everywhere(agus_browses, sari, melati, client_of):
    hers = client_of(sari)
    path = f"/admin/access/user/{sari.pk}/kata-sandi/"
    assert agus_browses.get(path).status_code == 200
    assert agus_browses.post(path, {"password1": GOOD, "password2": GOOD}).status_code == 302
    sari.refresh_from_db()
    assert sari.check_password(GOOD)
    assert hers.get(f"/k/{melati.code}/").status_code == 302
    assert acts()[-1] == "user.password"


def test_a_weak_password_is_not_set(agus_browses, sari):
    path = f"/admin/access/user/{sari.pk}/kata-sandi/"
    answer = agus_browses.post(path, {"password1": "12345678", "password2": "12345678"})
    assert answer.status_code == 422
    sari.refresh_from_db()
    assert sari.check_password(PASSWORD)


def test_who_lost_a_phone_is_helped_back_in(agus_browses, sari):
    Authenticator.objects.create(user=sari, type="totp", data={})
    path = f"/admin/access/user/{sari.pk}/lupakan-dua-langkah/"
    assert "really this person" in agus_browses.get(path).content.decode()
    assert agus_browses.post(path).status_code == 302
    assert not Authenticator.objects.exists()
    assert acts()[-1] == "user.second_factors_forgotten"


def test_there_may_be_nothing_to_help_with(agus_browses, sari):
    answer = agus_browses.post(f"/admin/access/user/{sari.pk}/lupakan-dua-langkah/")
    assert answer.status_code == 422
    assert "There is no two-step sign-in" in answer.content.decode()


@pytest.mark.parametrize("page", ["kata-sandi", "lupakan-dua-langkah"])
def test_nobody_else_helps(page, sari, budi, client_of):
    browser = client_of(budi)
    assert browser.get(f"/admin/access/user/{sari.pk}/{page}/").status_code == 403
    assert browser.post(f"/admin/access/user/{sari.pk}/{page}/").status_code == 403


# --- Roles ------------------------------------------------------------------------------------


def test_a_role_is_given_with_a_trace(agus_browses, sari, mawar):
    data = {"user": sari.pk, "role": Role.TREASURER, "cooperative": mawar.pk}
    assert agus_browses.post(ADD_ROLE, data).status_code == 302
    assert sari.holdings.get(cooperative=mawar).role == Role.TREASURER
    event = SystemEvent.objects.filter(action="role.grant").latest("at")
    assert (event.actor.username, event.subject_id) == ("agus", str(sari.pk))
    told = {"role": "treasurer", "place": mawar.name, "place_id": str(mawar.pk)}
    assert event.details == told


def test_a_role_in_the_city_is_given(agus_browses, sari, semarang):
    data = {"user": sari.pk, "role": Role.CITY_MENTOR, "regency": semarang.pk}
    assert agus_browses.post(ADD_ROLE, data).status_code == 302
    assert sari.holdings.get(regency=semarang).role == Role.CITY_MENTOR


def test_a_new_administrator_may_enter(agus_browses, sari, client_of):
    agus_browses.post(ADD_ROLE, {"user": sari.pk, "role": Role.ADMINISTRATOR})
    sari.refresh_from_db()
    assert client_of(sari).get("/admin/").status_code == 200


@pytest.mark.parametrize(
    ("role", "place", "field", "text"),
    [
        (Role.CASHIER, None, "cooperative", "choose which one"),
        (Role.CASHIER, "semarang", "regency", "leave it empty"),
        (Role.CITY_OFFICER, None, "regency", "choose which one"),
        (Role.CITY_OFFICER, "mawar", "cooperative", "leave it empty"),
        (Role.ADMINISTRATOR, "mawar", "cooperative", "leave it empty"),
        (Role.ADMINISTRATOR, "semarang", "regency", "leave it empty"),
    ],
)
def test_a_place_that_does_not_fit_is_explained(
    agus_browses, sari, request, role, place, field, text
):
    where = {}
    if place:
        where["regency" if place == "semarang" else "cooperative"] = request.getfixturevalue(
            place
        ).pk
    answer = agus_browses.post(ADD_ROLE, {"user": sari.pk, "role": role} | where)
    assert text in said(answer)[field]
    assert sari.holdings.count() == 1


def test_a_role_is_taken_away_with_a_trace(agus_browses, sari):
    holding = sari.holdings.get()
    path = f"/admin/access/roleholding/{holding.pk}/cabut/"
    assert "Cashier" in agus_browses.get(path).content.decode()
    assert agus_browses.post(path)["Location"] == "/admin/access/roleholding/"
    assert not sari.holdings.exists()
    assert SystemEvent.objects.get(action="role.revoke").actor.username == "agus"


def test_nobody_takes_the_administration_from_themselves(agus_browses, agus):
    path = f"/admin/access/roleholding/{agus.holdings.get().pk}/cabut/"
    answer = agus_browses.post(path)
    assert answer.status_code == 422
    assert "Ask another administrator" in answer.content.decode()
    assert agus_browses.get("/admin/").status_code == 200


def test_a_role_is_not_changed(agus_browses, sari, mawar):
    path = f"/admin/access/roleholding/{sari.holdings.get().pk}/change/"
    data = {"user": sari.pk, "role": Role.CHAIR, "cooperative": mawar.pk}
    assert agus_browses.post(path, data).status_code == 403
    assert RoleHolding.objects.get(user=sari).role == Role.CASHIER


def test_giving_a_role_from_a_persons_page_fills_in_who(agus_browses, sari):
    answer = agus_browses.get(f"/admin/access/user/{sari.pk}/beri-peran/", follow=True)
    assert answer.context["adminform"].form.initial["user"] == str(sari.pk)


def test_a_persons_page_shows_the_roles(agus_browses, sari, melati):
    page = agus_browses.get(f"/admin/access/user/{sari.pk}/change/").content.decode()
    assert f"Cashier, {melati.name}" in page
    assert PASSWORD not in page
    assert sari.password not in page


# --- Sessions ---------------------------------------------------------------------------------


def test_the_list_tells_the_last_sign_in_of_the_sessions_that_are_open(agus_browses, sari):
    for at in ("2026-11-20T08:00+07:00", "2026-11-23T08:15+07:00"):
        device_of(sari, at=datetime.fromisoformat(at))
    page = agus_browses.get("/admin/access/user/", {"q": "sari"}).content.decode()
    assert "23 November 2026, 08.15" in page
    assert "20 November 2026" not in page


def test_a_page_says_when_somebody_signed_in_as_people_write_it(agus_browses, agus):
    page = agus_browses.get(f"/admin/access/user/{agus.pk}/change/").content.decode()
    assert re.search(r"\d{1,2} \w+ \d{4}, \d\d\.\d\d\.\d\d", page)
    assert "+00:00" not in page
