"""The start page says what needs attention; Ctrl+K finds; pages say the whole of one thing."""

import os
import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from finance.models import Line
from kkmp.access.administration import attention
from kkmp.access.models import ApiToken, User
from kkmp.access.permissions import Role
from kkmp.access.services import accounts, roles, tokens
from kkmp.city.cooperatives.services import ladder
from kkmp.registry import scope
from kkmp.registry.models import Cooperative, Kelurahan, Stage
from kkmp.tasks import nightly
from members.models import SavingsEntry
from shops.models import Sale, Shift
from tests.access.administration.trading import trade
from tests.conftest import MONDAY

HOME = "/admin/"


def matter(name):
    """What is found now, by the matter's name."""
    return attention._registered[name][1].find(timezone.now())


def texts(name):
    return [line.text for line in matter(name).lines]


# --- Home -------------------------------------------------------------------------------------


def test_a_cooperative_without_a_chair_is_named_with_a_link(agus_browses, budi, melati, mawar):
    # Budi leads Melati; Mawar's chair is blocked.
    assert melati.kelurahan.name not in " ".join(texts("chairless"))
    chair = roles.RoleHolding.objects.filter(cooperative=mawar, role=Role.CHAIR).first()
    if chair:
        User.objects.filter(pk=chair.user_id).update(is_active=False)
    page = agus_browses.get(HOME).content.decode()
    assert f'href="/admin/registry/cooperative/{mawar.pk}/change/"' in page
    listed = agus_browses.get("/admin/registry/cooperative/?chair=no").context["cl"].queryset
    assert list(listed) == [mawar]


def test_an_administrator_without_a_second_factor_is_named(agus):
    assert any("agus" in text for text in texts("factors"))
    recovery = Authenticator.Type.RECOVERY_CODES
    Authenticator.objects.create(user=agus, type=recovery, data={})
    assert matter("factors").count == 1
    Authenticator.objects.create(user=agus, type=Authenticator.Type.TOTP, data={})
    assert matter("factors").count == 0


def test_a_token_that_ends_soon_is_named_and_one_that_ended_is_not(sari):
    token, _secret = tokens.issue(user=sari, name="akuntan", at=timezone.now(), by=sari)
    assert matter("tokens").count == 0
    soon = timezone.now() + timedelta(days=3)
    ApiToken.objects.filter(pk=token.pk).update(expires_at=soon)
    assert ["akuntan" in text for text in texts("tokens")] == [True]
    tokens.revoke(token=token, at=timezone.now(), by=sari)
    assert matter("tokens").count == 0


def test_a_stage_that_waits_for_the_city_is_named_until_it_is_verified(melati, budi, dewi):
    assert matter("steps").count == 0
    with scope.cooperative(melati.pk):
        steps = [
            ladder.record(
                today=MONDAY,
                cooperative=melati,
                stage=stage,
                on=MONDAY,
                by=budi,
                document_number="7/2025",
            )
            for stage in (Stage.LEGAL_ENTITY, Stage.OPERATING)
        ]
    assert matter("steps").count == 1
    with scope.cooperative(melati.pk):
        ladder.verify(step=steps[-1], on=MONDAY, by=dewi)
    assert matter("steps").count == 0


def test_treasurer_and_cashier_in_one_hand_stands_on_the_start_page(agus_browses, sari, melati):
    assert matter("both").count == 0
    roles.grant(user=sari, role=Role.MEMBERSHIP_CLERK, cooperative=melati, by=None)
    assert matter("both").count == 0
    roles.grant(user=sari, role=Role.TREASURER, cooperative=melati, by=None, is_meant=True)
    assert [melati.name in text and "sari" in text for text in texts("both")] == [True]
    assert f"/admin/access/user/{sari.pk}/change/" in agus_browses.get(HOME).content.decode()


def test_many_failed_sign_ins_are_told_and_one_slip_is_not(sari, tono):
    now = timezone.now()
    accounts.refuse_session(username="tono", at=now)
    for _each in range(5):
        accounts.refuse_session(username="sari", at=now)
    assert [text.endswith("(sari): 5 times") for text in texts("refused")] == [True]


def test_what_a_nightly_check_found_is_told_with_its_cooperative(melati):
    nightly.ask(at=timezone.now())
    assert matter("checks").count == 0
    DBTaskResult.objects.create(
        task_path="kkmp.tasks.nightly.at_cooperative",
        args_kwargs={
            "args": [],
            "kwargs": {"cooperative_id": str(melati.pk), "command": "check_books"},
        },
        status="FAILED",
        finished_at=timezone.now(),
        backend_name="default",
        exception_class_path="",
        traceback="",
    )
    assert [f"check_books --cooperative {melati.code}" in text for text in texts("checks")] == [
        True
    ]


def test_it_is_said_that_no_backup_is_known_or_how_old_it_is(settings, tmp_path, db):
    settings.BACKUP_STAMP = ""
    assert matter("backup").count == 1
    assert "No backup is set up" in texts("backup")[0]
    stamp = tmp_path / "stamp"
    settings.BACKUP_STAMP = str(stamp)
    assert "none has ended well" in texts("backup")[0]
    stamp.touch()
    assert matter("backup").count == 0
    old = timezone.now().timestamp() - 60 * 60 * 48
    os.utime(stamp, (old, old))
    assert matter("backup").count == 1


def test_nothing_to_do_is_said_too(agus_browses, monkeypatch):
    monkeypatch.setattr(attention, "_registered", {})
    assert "Nothing needs attention now." in agus_browses.get(HOME).content.decode()


def test_the_start_page_asks_as_much_for_many_as_for_few(
    agus_browses, django_assert_max_num_queries
):
    agus_browses.get(HOME)
    with django_assert_max_num_queries(40):
        agus_browses.get(HOME)


# --- Ctrl+K and names -------------------------------------------------------------------------


def hits(browser, text):
    page = browser.get("/admin/search/", {"s": text, "extended": 1}).content.decode()
    return page


def test_ctrl_k_finds_cooperatives_people_and_pages(agus_browses, melati, sari):
    name = melati.kelurahan.name
    assert f"/admin/registry/cooperative/{melati.pk}/change/" in hits(agus_browses, name)
    assert f"/admin/access/user/{sari.pk}/change/" in hits(agus_browses, "sari")
    assert "/admin/access/apitoken/" in hits(agus_browses, "tokens")
    assert "No results" in hits(agus_browses, "tidak-ada")


def test_two_of_one_name_are_told_apart_where_one_chooses(agus_browses, melati, sari, agus):
    twin = Kelurahan.objects.filter(name=melati.kelurahan.name).exclude(pk=melati.kelurahan_id)
    other = twin.first() or Kelurahan.objects.filter(cooperative=None).first()
    Cooperative.objects.create(code="3399999999", kelurahan=other, name=melati.name)
    User.objects.create_user("sari.dua", password=None, name=sari.name)
    found = hits(agus_browses, melati.kelurahan.name)
    assert f"{melati.name} ({melati.kelurahan.kecamatan.name})" in found
    people = hits(agus_browses, "sari")
    assert f"{sari.name} (sari)" in people
    assert f"{sari.name} (sari.dua)" in people
    query = {"app_label": "access", "model_name": "roleholding", "field_name": "user", "term": "sa"}
    chosen = agus_browses.get("/admin/autocomplete/", query).json()["results"]
    assert {f"{sari.name} (sari)", f"{sari.name} (sari.dua)"} <= {each["text"] for each in chosen}
    places = agus_browses.get(
        "/admin/autocomplete/", query | {"field_name": "cooperative", "term": melati.name[-6:]}
    ).json()["results"]
    assert any(each["text"].endswith(f"({other.kecamatan.name})") for each in places)
    areas = query | {"app_label": "city", "model_name": "reportedfigure"}
    named = agus_browses.get(
        "/admin/autocomplete/", areas | {"field_name": "kelurahan", "term": "Mangunharjo"}
    ).json()["results"]
    assert {each["text"] for each in named} == {"Mangunharjo (Tembalang)", "Mangunharjo (Tugu)"}
    chooser = agus_browses.get("/admin/koperasi/pilih/").content.decode()
    assert f"{melati.kelurahan.name} ({melati.kelurahan.kecamatan.name})" in chooser


# --- The whole of one thing -------------------------------------------------------------------


def test_a_cooperatives_page_shows_stage_people_figures_and_amounts(
    agus_browses, melati, melatis_shop, sari, budi
):
    with scope.cooperative(melati.pk):
        ladder.record(
            today=MONDAY,
            cooperative=melati,
            stage=Stage.DEED,
            on=MONDAY,
            by=budi,
            document_number="7/2025",
        )
    page = agus_browses.get(f"/admin/registry/cooperative/{melati.pk}/change/").content.decode()
    assert str(Stage.DEED.label) in page
    assert f'Cashier: <a href="/admin/access/user/{sari.pk}/change/"' in page
    assert "Principal Rp\xa0100,000, mandatory Rp\xa010,000 a month" in page
    assert "1 active members, capital Rp\xa0100,000" in page


def test_a_persons_page_shows_second_factor_devices_tokens_and_failures(agus_browses, sari):
    path = f"/admin/access/user/{sari.pk}/change/"
    assert "None: password alone" in agus_browses.get(path).content.decode()
    Authenticator.objects.create(user=sari, type=Authenticator.Type.TOTP, data={})
    token, secret = tokens.issue(user=sari, name="akuntan", at=timezone.now(), by=sari)
    accounts.refuse_session(username="sari", at=timezone.now())
    page = agus_browses.get(path).content.decode()
    assert "app on the phone" in page
    assert f'href="/admin/access/apitoken/{token.pk}/change/"' in page
    assert "1 in the last 30 days" in page
    assert secret not in page


def test_a_journal_leads_to_its_sale_and_deposit_and_an_account_to_its_lines(
    look_into, melati, melatis_shop, sari, budi, tono
):
    browser = look_into(melati)
    trade(melatis_shop, cashier=sari, chair=budi, treasurer=tono)
    with scope.cooperative(melati.pk):
        sale = Sale.objects.of(melati).order_by("number").first()
        entry = SavingsEntry.objects.of(melati).order_by("number").first()
        line = Line.objects.of(melati).filter(journal=sale.journal_id).order_by("position").first()
    for row, page in ((sale, "shops/sale"), (entry, "members/savingsentry")):
        shown = browser.get(f"/admin/finance/journal/{row.journal_id}/change/").content.decode()
        assert f'href="/admin/{page}/{row.pk}/change/"' in shown
    with scope.cooperative(melati.pk):
        shift = Shift.objects.of(melati).exclude(opening=None).order_by("id").first()
    shown = browser.get(f"/admin/finance/journal/{shift.opening_id}/change/").content.decode()
    assert f'href="/admin/shops/shift/{shift.pk}/change/"' in shown
    shown = browser.get(f"/admin/finance/account/{line.account_id}/change/").content.decode()
    assert f'href="/admin/finance/journal/{sale.journal_id}/change/"' in shown


# --- Limits -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "field", "most"),
    [
        ({"tile_column": "999", "tile_row": "3"}, "tile_column", 22),
        ({"tile_column": "3", "tile_row": "999"}, "tile_row", 17),
    ],
)
def test_a_tile_stays_near_the_others(place, field, most, agus_browses):
    kelurahan = Kelurahan.objects.get(code="33.74.15.1003")
    answer = agus_browses.post(f"/admin/registry/kelurahan/{kelurahan.pk}/change/", place)
    errors = answer.context["adminform"].form.errors
    assert f"At most {most}:" in " ".join(errors[field])


def test_the_place_is_shown_on_a_small_map(agus_browses):
    page = agus_browses.get("/admin/registry/kelurahan/33.74.15.1003/change/").content.decode()
    assert page.count('<rect class="kkmp-tile-marked"') == 1
    assert page.count("<title>") >= 176


def test_a_target_above_the_number_of_kelurahan_is_refused(agus_browses):
    path = "/admin/registry/regency/33.74/change/"
    assert "0 of 177 cooperatives" in agus_browses.get(path).content.decode()
    errors = agus_browses.post(path, {"target": "178"}).context["adminform"].form.errors
    assert "There are 177 kelurahan" in " ".join(errors["target"])


# --- Around every page ------------------------------------------------------------------------


def test_the_way_back_is_named_in_the_menus_words(look_into, agus_browses, melati, sari):
    page = agus_browses.get(f"/admin/access/user/{sari.pk}/change/").content.decode()
    assert titles(page) == ["Users", str(sari)]
    page = look_into(melati).get("/admin/finance/journal/").content.decode()
    assert titles(page)[:2] == ["Books &amp; goods (read only)", "Journals"]


def titles(page):
    """What stands in the line at the head, in its order."""
    head = page.split("<h1")[1].split("</h1>")[0]
    parts = re.findall(r">\s*([^<>]+?)\s*</(?:a|span)\s*>", head)
    return [part for part in parts if part not in {"chevron_right"} and "result" not in part]


def test_each_page_has_a_way_past_the_menu_and_one_main_part(agus_browses):
    for path in (HOME, "/admin/access/user/", "/admin/access/user/add/", "/admin/jejak/"):
        page = agus_browses.get(path).content.decode()
        assert page.index('href="#isi"') < page.index("<nav"), path
        assert page.count('<main id="isi"') == 1, path


def test_a_form_warns_before_what_was_typed_is_left_behind(agus_browses, melati):
    for path in ("access/user/add", f"registry/cooperative/{melati.pk}/change"):
        page = agus_browses.get(f"/admin/{path}/").content.decode()
        assert 'class="warn-unsaved-form"' in page, path


def test_lists_are_narrowed_by_choosers_and_spans_of_days(look_into, melati, melatis_shop):
    browser = look_into(melati)
    users = browser.get("/admin/access/user/").content.decode()
    assert 'name="holdings__role__exact"' in users
    assert 'name="is_active__exact"' in users
    path = "/admin/members/savingsentry/"
    with scope.cooperative(melati.pk):
        day = SavingsEntry.objects.of(melati).order_by("id").first().date
        everything = SavingsEntry.objects.of(melati).count()
    assert everything

    def shown(**asked):
        answer = browser.get(path, asked)
        return answer.context["cl"].result_count

    assert shown(date_from=f"{day:%d/%m/%Y}", date_to=f"{day:%d/%m/%Y}") == everything
    assert shown(date_to=f"{day - timedelta(days=1):%d/%m/%Y}") == 0
    assert shown(date_from=f"{day + timedelta(days=1):%d/%m/%Y}") == 0
