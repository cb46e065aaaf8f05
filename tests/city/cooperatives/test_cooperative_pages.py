from datetime import timedelta

import pytest
from django.utils import timezone

from kkmp.access.models import RoleHolding
from kkmp.access.services import pins
from kkmp.registry import scope
from kkmp.registry.models import CooperativeSettings, Stage, StageStep
from shops.models import TillSettings
from tests.city.conftest import PDF
from tests.conftest import MONDAY

HOME = "/k/3374111002/"
PROFILE = f"{HOME}koperasi/"
STEP = f"{PROFILE}tahap/"


@pytest.fixture
def chair(budi, client_of):
    return client_of(budi)


def steps(cooperative) -> list[StageStep]:
    with scope.cooperative(cooperative.pk):
        return list(StageStep.objects.of(cooperative).order_by("stage"))


# --- Home ----------------------------------------------------------------------------------


def test_a_new_cooperative_is_told_what_to_do_first(chair):
    tasks = chair.get(HOME).context["tasks"]
    assert [task.is_done for task in tasks if not task.is_optional] == [False] * 4
    assert all(task.url for task in tasks)


def test_accounts_pin_qris_and_rules_are_named_and_hold_nobody_up(chair, melati, budi, tono):
    def optional():
        shown = chair.get(HOME).context["tasks"]
        return {task.url: task.is_done for task in shown if task.is_optional}

    accounts, pin, qris, rules = (
        f"/k/{melati.code}/akun/",
        "/profil/pin/",
        f"/k/{melati.code}/gerai/barang/pengaturan-kasir/",
        f"/k/{melati.code}/gerai/barang/aturan/",
    )
    assert optional() == {accounts: True, pin: False, qris: False, rules: False}
    pins.choose(user=tono, digits="314159", at=timezone.now())
    with scope.cooperative(melati.pk):
        TillSettings.objects.update_or_create(
            cooperative=melati, defaults={"qris_payload": "00020101"}
        )
    assert optional() == {accounts: True, pin: True, qris: True, rules: False}
    RoleHolding.objects.filter(cooperative=melati).exclude(user=budi).delete()
    assert optional() == {accounts: False, pin: False, qris: True, rules: False}


def test_what_is_done_is_ticked_off(chair, trading):
    tasks = chair.get(HOME).context["tasks"]
    # What Ani paid in cash is no opening balance.
    assert [task.url for task in tasks if not task.is_done and not task.is_optional] == [
        f"/k/{trading.code}/buku/saldo-awal/"
    ]


def test_one_who_may_not_do_it_is_given_no_link(wati, client_of):
    tasks = client_of(wati).get(HOME).context["tasks"]
    assert len(tasks) == 8
    assert not any(task.url for task in tasks)


def test_home_shows_today_and_how_it_stands(chair, trading):
    page = chair.get(HOME)
    assert (page.context["today"].turnover_idr, page.context["today"].sales) == (87_100, 2)
    assert page.context["capital_idr"] == 110_000
    assert "Rp87.100" in page.content.decode()


def test_the_bars_show_fourteen_days(chair, trading, moved):
    moved(trading, MONDAY - timedelta(days=13), "toko", other_turnover_idr=500, sales=1)
    moved(trading, MONDAY - timedelta(days=14), "toko", other_turnover_idr=900, sales=1)
    values = chair.get(HOME).context["chart"]["series"][0]["values"]
    assert values == [500, *[0] * 12, 87_100]


@pytest.mark.parametrize(("who", "leads_to"), [("budi", "/gerai/kasir/"), ("tono", "/anggota/")])
def test_the_main_action_of_home_is_what_one_does_all_day(
    who, leads_to, request, client_of, trading
):
    page = client_of(request.getfixturevalue(who)).get(HOME).content.decode()
    action = f'<a class="btn btn-primary" href="{HOME}{leads_to.removeprefix("/")}">'
    assert action in page


def test_a_cashier_sees_sales_and_nothing_else(sari, client_of, trading):
    page = client_of(sari).get(HOME)
    assert page.context["today"].turnover_idr == 87_100
    assert "Rp110.000" not in page.content.decode()
    assert page.context["tasks"] == []


def test_home_takes_few_statements(chair, trading, django_assert_max_num_queries):
    """However much there is: the page, one or two for each kind of work that may wait, and three
    for the first steps that one can trade without.
    """
    chair.get(HOME)
    with django_assert_max_num_queries(33):
        chair.get(HOME)


# --- Papers and settings -------------------------------------------------------------------


def test_a_cashier_reads_the_profile_and_changes_nothing(sari, client_of):
    cashier = client_of(sari)
    assert not cashier.get(PROFILE).context["may_write"]
    for address in (f"{PROFILE}ubah/", f"{PROFILE}ketetapan/", STEP):
        assert cashier.post(address, {}).status_code == 403


def test_papers_are_changed(chair, melati):
    answer = chair.post(
        f"{PROFILE}ubah/",
        {
            "ahu_number": "AHU-0012345.AH.01.29.TAHUN 2025",
            "nib": "1234 5678 90123",
            "npwp": "01.234.567.8-901.234",
            "phone": "0812-3456-7890",
            "opened_on": "7/9/2026",
        },
    )
    assert answer.url == PROFILE
    melati.refresh_from_db()
    assert (melati.nib, melati.npwp) == ("1234567890123", "012345678901234")
    assert melati.phone == "+6281234567890"
    assert melati.opened_on.isoformat() == "2026-09-07"


@pytest.mark.parametrize(
    ("field", "value"),
    [("nib", "123"), ("npwp", "12A456789012345"), ("phone", "abc"), ("opened_on", "31/02/2026")],
)
def test_what_cannot_be_a_paper_is_refused_beside_its_field(chair, melati, field, value):
    answer = chair.post(f"{PROFILE}ubah/", {field: value})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_new_amounts_are_a_new_row(chair, melati):
    form = chair.get(f"{PROFILE}ketetapan/").context["form"]
    assert form.initial["principal_idr"] == 100_000
    answer = chair.post(
        f"{PROFILE}ketetapan/",
        {
            "valid_from": "1/12/2026",
            "principal_idr": "150.000",
            "mandatory_idr": "Rp 15.000",
            "member_target": "600",
        },
    )
    assert answer.url == PROFILE
    with scope.cooperative(melati.pk):
        rows = CooperativeSettings.objects.of(melati).order_by("valid_from")
        assert [row.principal_idr for row in rows] == [100_000, 150_000]


def test_amounts_that_would_rewrite_the_past_are_refused(chair):
    answer = chair.post(
        f"{PROFILE}ketetapan/",
        {
            "valid_from": "24/6/2025",
            "principal_idr": "150.000",
            "mandatory_idr": "0",
            "member_target": "600",
        },
    )
    assert answer.status_code == 422
    assert "valid_from" in answer.context["form"].errors


# --- The ladder ----------------------------------------------------------------------------


def test_a_stage_is_recorded_with_its_document(chair, melati, budi, deed):
    answer = chair.post(STEP, {"stage": "2", "on": "20/11/2026", "document": deed()})
    assert answer.url == PROFILE
    step = steps(melati)[0]
    assert (step.stage, step.recorded_by, step.verified_on) == (Stage.DEED, budi, None)
    assert "Sari" not in step.document.name
    served = chair.get(f"{STEP}{step.id}/berkas/")
    assert served.content == PDF
    assert served["Content-Disposition"].startswith("attachment")


def test_operating_is_recorded_and_waits(chair, melati, climbed):
    climbed(melati, Stage.LEGAL_ENTITY)
    chair.post(STEP, {"stage": "7", "on": "20/11/2026", "document_number": "BA-7"})
    rung = next(r for r in chair.get(PROFILE).context["ladder"] if r.stage == Stage.OPERATING)
    assert rung.is_waiting
    assert not rung.is_current


@pytest.mark.parametrize(
    ("entered", "field"),
    [
        ({"stage": "2", "on": "20/11/2026"}, "document_number"),
        ({"stage": "2", "on": "24/11/2026", "document_number": "1"}, "on"),
        ({"stage": "9", "on": "20/11/2026", "document_number": "1"}, "stage"),
        ({"stage": "7", "on": "20/11/2026", "document_number": "1"}, "stage"),
    ],
    ids=["no evidence", "tomorrow", "no such stage", "operating without legal entity"],
)
def test_a_stage_that_cannot_be_is_refused(chair, melati, entered, field):
    answer = chair.post(STEP, entered)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert steps(melati) == []


def test_a_page_in_disguise_is_no_document(chair, melati, deed):
    upload = deed(b"<html><script>alert(1)</script>", "akta.pdf")
    answer = chair.post(STEP, {"stage": "2", "on": "20/11/2026", "document": upload})
    assert answer.status_code == 422
    assert "document" in answer.context["form"].errors


def test_a_recorded_stage_is_not_offered_again(chair, melati, climbed):
    climbed(melati, Stage.LEGAL_ENTITY)
    offered = [value for value, _label in chair.get(STEP).context["form"].fields["stage"].choices]
    assert Stage.LEGAL_ENTITY not in offered
    assert Stage.DEED in offered


def test_a_cashier_opens_no_documents(sari, client_of, chair, melati, deed):
    chair.post(STEP, {"stage": "2", "on": "20/11/2026", "document": deed()})
    address = f"{STEP}{steps(melati)[0].id}/berkas/"
    assert client_of(sari).get(address).status_code == 403


def test_another_cooperatives_document_is_not_found(joko, client_of, chair, melati, mawar, deed):
    chair.post(STEP, {"stage": "2", "on": "20/11/2026", "document": deed()})
    own = f"/k/{mawar.code}/koperasi/tahap/{steps(melati)[0].id}/berkas/"
    assert client_of(joko).get(own).status_code == 404
