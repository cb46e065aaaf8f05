"""The trail reads as sentences, is found by Indonesian words, and goes across cooperatives."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from kkmp.access import trail
from kkmp.access.models import AuditEvent, RoleHolding, SystemEvent
from kkmp.access.permissions import Role
from kkmp.access.services import accounts, audit, roles
from kkmp.registry import scope

ADD_ROLE = "/admin/access/roleholding/add/"
SYSTEM = "/admin/access/systemevent/"
ACROSS = "/admin/jejak/"


@pytest.fixture
def indonesian(agus_browses):
    agus_browses.cookies.load({"django_language": "id"})
    return agus_browses


def within(cooperative):
    with scope.cooperative(cooperative.pk):
        return list(AuditEvent.objects.of(cooperative).order_by("at", "id"))


def sentences(answer):
    return [event.described.text for event in answer.context["cl"].result_list]


# --- Sentences --------------------------------------------------------------------------------


def test_it_says_who_made_whom_treasurer_of_what_and_when_to_the_second(
    indonesian, agus, tono, sari, melati
):
    roles.grant(user=sari, role=Role.SUPERVISOR, cooperative=melati, by=agus, is_meant=True)
    event = SystemEvent.objects.latest("id")
    with override("id"):
        moment = date_format(timezone.localtime(event.at), "j F Y, H.i.s")
    page = indonesian.get(SYSTEM)
    kecamatan = melati.kelurahan.kecamatan.name
    sentence = (
        f"{trail.person(agus)} memberi {trail.person(sari)} peran Pengawas di "
        f"{melati.name} ({kecamatan})"
    )
    assert sentences(page)[0] == sentence
    shown = page.content.decode()
    assert moment in shown
    for link in (f"user/{agus.pk}", f"user/{sari.pk}"):
        assert f'<a href="/admin/access/{link}/change/"' in shown
    assert f'<a href="/admin/registry/cooperative/{melati.pk}/change/"' in shown


def test_an_older_event_lacks_what_its_sentence_asks_for(agus_browses, agus, sari):
    audit.record_system(action="regency.target", by=agus)
    assert sentences(agus_browses.get(SYSTEM))[0].endswith("from – to –")


def test_an_identity_number_in_a_reason_is_covered(agus, melati):
    with scope.cooperative(melati.pk):
        for typed in ("salah NIK 3374115203850001", "3374 1152 0385 0001 keliru"):
            event = audit.record(
                cooperative=melati, action="import.undo", by=agus, reason=typed, fields=[typed]
            )
            assert "[NIK]" in event.details["reason"]
            assert "115203" not in str(event.details)
            assert "1152" not in str(event.details)
        id = "01890000-0000-7000-8000-000000000000"
        kept = audit.record(cooperative=melati, action="import.undo", by=agus, key=id, nib="1" * 13)
        assert kept.details == {"key": id, "nib": "1" * 13}


def test_forty_events_are_told_with_as_many_statements_as_two(agus_browses, agus, sari, tono):
    agus_browses.get(SYSTEM)
    counted = []
    for people in ([sari, tono], [sari, tono, agus] * 13):
        for person in people:
            audit.record_system(action="user.password", by=agus, subject=person)
        with CaptureQueriesContext(connection) as captured:
            assert len(sentences(agus_browses.get(SYSTEM, {"act": "user.password"}))) >= len(people)
        counted.append(len(captured))
    assert counted[0] == counted[1]


# --- Looking for something --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("bendahara", True),
        ("memberi peran bendahara", True),
        ("tono bendahara", True),
        ("kata sandi bendahara", False),
        ("treasurer", True),
        ("tidak-ada-kata-ini", False),
    ],
)
def test_it_is_found_by_indonesian_words(words, is_found, indonesian, agus, tono, melati):
    found = sentences(indonesian.get(SYSTEM, {"q": words}))
    assert any("peran Bendahara" in text for text in found) is is_found


def test_it_is_found_by_the_place_it_happened_in(indonesian, tono, melati):
    found = sentences(indonesian.get(SYSTEM, {"q": f"bendahara {melati.kelurahan.name}"}))
    assert [trail.person(tono) in text for text in found] == [True]


def test_it_is_narrowed_by_act_group_person_and_days(agus_browses, agus, sari, tono):
    accounts.set_password(
        user=sari, password="gerai-buka-jam-tujuh", at=timezone.now(), by=agus, act="user.password"
    )
    today = timezone.localdate()
    asked = {
        "all": {},
        "act": {"act": "user.password"},
        "group": {"act": "people"},
        "city": {"act": "city"},
        "person": {"act": "user.password", "actor__id__exact": sari.pk},
        "another": {"act": "user.password", "actor__id__exact": tono.pk},
        "today": {"act": "user.password", "at_from": f"{today:%d/%m/%Y}"},
        "yesterday": {"act": "user.password", "at_to": f"{today - timedelta(days=1):%d/%m/%Y}"},
        "wrong": {"at_to": "31/02/2026"},
    }
    found = {name: sentences(agus_browses.get(SYSTEM, query)) for name, query in asked.items()}
    one = [f"{trail.person(agus)} set a new password for {trail.person(sari)}"]
    assert found["act"] == found["person"] == found["today"] == one
    assert set(one) < set(found["group"]) <= set(found["all"]) == set(found["wrong"])
    assert found["city"] == found["another"] == found["yesterday"] == []


# --- Riwayat ----------------------------------------------------------------------------------


def test_the_history_of_a_person_is_told_from_the_trail(agus_browses, agus, sari):
    accounts.block(user=sari, at=timezone.now(), by=agus)
    page = agus_browses.get(f"/admin/access/user/{sari.pk}/history/")
    texts = [one.text for one in page.context["events"]]
    assert texts[0] == f"{trail.person(agus)} blocked {trail.person(sari)}"
    assert any("gave" in text and "Cashier" in text for text in texts)


def test_the_history_of_a_product_holds_its_price_and_a_cooperatives_its_roles(
    look_into, melati, melatis_shop, agus, sari
):
    browser = look_into(melati)
    with scope.cooperative(melati.pk):
        audit.record(
            cooperative=melati, action="price.add", by=agus, product=str(melatis_shop.gula.pk)
        )
    page = browser.get(f"/admin/shops/product/{melatis_shop.gula.pk}/history/")
    texts = [one.text for one in page.context["events"]]
    assert "set the price of" in texts[0]
    assert melatis_shop.gula.name in texts[0]
    page = browser.get(f"/admin/registry/cooperative/{melati.pk}/history/")
    assert any("the role Cashier" in one.text for one in page.context["events"])


def test_another_cooperatives_event_is_in_no_history(look_into, melati, mawar, mawars_shop, agus):
    gula = mawars_shop.gula
    assert look_into(melati).get(f"/admin/shops/product/{gula.pk}/history/").status_code == 404


# --- Roles in the cooperative's own trail, and two in one hand --------------------------------


def test_a_cooperatives_own_trail_hears_of_roles_given_and_taken(agus, sari, melati, mawar):
    roles.grant(user=sari, role=Role.MEMBERSHIP_CLERK, cooperative=melati, by=agus)
    holding = RoleHolding.objects.get(user=sari, role=Role.MEMBERSHIP_CLERK)
    roles.revoke(holding=holding, by=agus)
    latest = [(event.action, event.subject_id, event.actor) for event in within(melati)[-2:]]
    assert latest == [("role.grant", str(sari.pk), agus), ("role.revoke", str(sari.pk), agus)]
    assert within(melati)[-1].details["role"] == "membership_clerk"
    assert not [each for each in within(mawar) if each.subject_id == str(sari.pk)]


def test_treasurer_and_cashier_in_one_hand_is_a_question(agus_browses, sari, melati):
    data = {"user": sari.pk, "role": Role.TREASURER, "cooperative": melati.pk}
    answer = agus_browses.post(ADD_ROLE, data)
    errors = answer.context["adminform"].form.errors
    assert "watches over their own work" in " ".join(errors["is_meant"])
    assert 'type="checkbox" name="is_meant"' in answer.content.decode()
    assert sari.holdings.count() == 1
    assert agus_browses.post(ADD_ROLE, data | {"is_meant": "on"}).status_code == 302
    assert sari.holdings.count() == 2


@pytest.mark.parametrize(
    ("other", "is_asked"),
    [(Role.CHAIR, False), (Role.SUPERVISOR, True), (Role.MEMBERSHIP_CLERK, False)],
)
def test_only_roles_of_which_one_watches_the_other_are_asked_about(other, is_asked, sari, melati):
    if is_asked:
        with pytest.raises(roles.RolesMeet):
            roles.grant(user=sari, role=other, cooperative=melati, by=None)
    else:
        assert roles.grant(user=sari, role=other, cooperative=melati, by=None)


def test_the_same_two_roles_in_two_cooperatives_are_no_question(sari, mawar):
    assert roles.grant(user=sari, role=Role.TREASURER, cooperative=mawar, by=None)


# --- Failed sign-ins --------------------------------------------------------------------------


def test_a_failed_sign_in_is_on_record_without_what_was_typed(client, sari):
    login = {"login": "SARI", "password": "rahasia-yang-salah"}
    client.post("/akun/login/", login)
    event = SystemEvent.objects.get(action="session.refuse")
    assert (event.subject_id, event.actor) == (str(sari.pk), None)
    assert event.details == {"wrong": "password"}


def test_of_a_name_that_does_not_exist_it_is_not_kept_which(client, db):
    client.post("/akun/login/", {"login": "rahasia-di-kotak-nama", "password": "x"})
    assert not SystemEvent.objects.filter(action="session.refuse").exists()
    event = SystemEvent.objects.get(action="session.refuse_unknown")
    assert (event.subject_id, event.actor, event.details) == ("", None, {})


def test_whoever_tries_on_does_not_fill_the_trail(sari):
    now = timezone.now()
    for _each in range(accounts.MOST_REFUSED + 5):
        accounts.refuse_session(username="sari", at=now)
    refused = SystemEvent.objects.filter(action="session.refuse")
    assert refused.count() == accounts.MOST_REFUSED
    accounts.refuse_session(username="sari", at=now + timedelta(hours=2))
    assert refused.count() == accounts.MOST_REFUSED + 1


# --- Across cooperatives ----------------------------------------------------------------------


@pytest.fixture
def two(melati, mawar, agus):
    for place, name in ((melati, "Beras"), (mawar, "Minyak")):
        with scope.cooperative(place.pk):
            audit.record(cooperative=place, action="category.change", by=agus, name=name)
    return melati, mawar


def texts(answer):
    return [(one.text, one.place) for one in answer.context["events"]]


def test_events_of_all_cooperatives_stand_together_each_with_its_own(agus_browses, two, agus):
    found = texts(agus_browses.get(ACROSS, {"act": "category.change"}))
    expected = {
        (
            f"{trail.person(agus)} changed the category {name}",
            f"{place.name} ({place.kelurahan.kecamatan.name})",
        )
        for place, name in zip(two, ("Beras", "Minyak"), strict=True)
    }
    assert set(found) == expected
    assert len(found) == 2


def test_a_role_is_told_once_although_two_trails_have_it(agus_browses, sari, melati):
    roles.grant(user=sari, role=Role.MEMBERSHIP_CLERK, cooperative=melati, by=None)
    found = texts(agus_browses.get(ACROSS, {"q": "membership clerk"}))
    assert len(found) == 1
    own = texts(agus_browses.get(ACROSS, {"q": "membership clerk", "cooperative": melati.pk}))
    assert len(own) == 1


def test_across_one_may_choose_a_cooperative_words_and_days(agus_browses, two):
    melati, _mawar = two
    at_all = {"act": "category.change"}
    of_one = texts(agus_browses.get(ACROSS, at_all | {"cooperative": melati.pk}))
    by_word = texts(agus_browses.get(ACROSS, {"q": "minyak"}))
    assert ["Beras" in text for text, _place in of_one] == [True]
    assert ["Minyak" in text for text, _place in by_word] == [True]
    long = agus_browses.get(ACROSS, {"at_from": "01/01/2026", "at_to": "31/12/2026"})
    assert long.status_code == 422
    assert "at most 92 days" in long.content.decode()


def test_a_link_into_a_cooperative_chooses_it_first(agus_browses, melati, melatis_shop):
    page = agus_browses.get(ACROSS, {"act": "sale.sell"}).content.decode()
    way = f"/admin/registry/cooperative/{melati.pk}/lihat/?next=%2Fadmin%2Fshops%2Fsale%2F"
    assert way in page
    there = page.split(f'href="{way}')[1].split('"')[0]
    opened = agus_browses.get(way + there, follow=True)
    assert opened.status_code == 200
    assert opened.redirect_chain[0][0].startswith("/admin/shops/sale/")


def test_it_is_taken_out_as_a_file_and_that_is_on_record(agus_browses, two, agus):
    answer = agus_browses.post("/admin/jejak/berkas/?act=category.change")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    cells = [str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row]
    assert any("changed the category Beras" in cell for cell in cells)
    event = SystemEvent.objects.get(action="trail.export")
    assert (event.actor, event.details["rows"]) == (agus, 2)


def test_the_file_is_made_by_a_button_alone(agus_browses, two):
    assert agus_browses.get("/admin/jejak/berkas/").status_code == 302
    assert not SystemEvent.objects.filter(action="trail.export").exists()
