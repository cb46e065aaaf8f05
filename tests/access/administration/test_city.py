"""Founding and describing cooperatives, areas and published figures, through the services."""

import re
from datetime import date

import pytest

from finance.models import Account
from kkmp.access.models import AuditEvent, RoleHolding, SystemEvent
from kkmp.city.figures.models import ReportedFigure
from kkmp.registry import scope
from kkmp.registry.models import Cooperative, CooperativeSettings, Kelurahan
from members.models import SavingsKind

pytestmark = pytest.mark.empty_house

ADD = "/admin/registry/cooperative/add/"


def founding(**changes):
    return {
        "kelurahan": "33.74.15.1003",
        "on": "2025-06-24",
        "principal_idr": "Rp 100.000",
        "mandatory_idr": "10.000",
        "member_target": "500",
        "ahu_number": "AHU-0001",
        "nib": "",
        "npwp": "",
        "nomor_induk_koperasi": "",
        "address": "",
        "phone": "0812-3456-7890",
        "opened_on": "",
    } | changes


def said(answer):
    form = answer.context["adminform"].form
    return {name: " ".join(texts) for name, texts in form.errors.items()}


def acts(cooperative):
    with scope.cooperative(cooperative.pk):
        rows = AuditEvent.objects.of(cooperative).order_by("id")
        return [(row.action, row.actor.username) for row in rows]


def test_its_five_people_are_named_in_the_same_form_and_come_in_by_links(agus_browses, client):
    names = {
        "chair_name": "Hartono",
        "treasurer_name": "Lestari",
        "membership_clerk_name": "Wulan",
        "cashier_name": "Dimas",
        "supervisor_name": "Suryani",
    }
    answer = agus_browses.post(ADD, founding(**names))
    cooperative = Cooperative.objects.get(kelurahan__code=founding()["kelurahan"])
    held = RoleHolding.objects.filter(cooperative=cooperative).select_related("user")
    found = {one.role: (one.user.name, one.user.username.partition(".")[0]) for one in held}
    assert found == {
        "chair": ("Hartono", "ketua"),
        "treasurer": ("Lestari", "bendahara"),
        "membership_clerk": ("Wulan", "sekretaris"),
        "cashier": ("Dimas", "kasir"),
        "supervisor": ("Suryani", "pengawas"),
    }
    links = re.findall(r"http://testserver(/undangan/[\w-]+/)", answer.content.decode())
    assert len(links) == len(set(links)) == 5
    for link in links:
        assert client.get(link).status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_nobody_has_to_be_named_at_the_founding(agus_browses):
    answer = agus_browses.post(ADD, founding())
    assert answer.status_code == 302
    assert not RoleHolding.objects.filter(cooperative__kelurahan__code=founding()["kelurahan"])


def test_a_cooperative_is_founded_with_all_it_needs(agus_browses):
    answer = agus_browses.post(ADD, founding())
    assert answer.status_code == 302, said(answer)
    cooperative = Cooperative.objects.get(code="3374151003")
    assert cooperative.name.startswith("Koperasi Kelurahan Merah Putih ")
    assert (cooperative.ahu_number, cooperative.phone) == ("AHU-0001", "+6281234567890")
    with scope.cooperative(cooperative.pk):
        settings = CooperativeSettings.objects.of(cooperative).get()
        assert (settings.principal_idr, settings.mandatory_idr) == (100_000, 10_000)
        assert settings.valid_from == date(2025, 6, 24)
        assert Account.objects.of(cooperative).exists()
        assert SavingsKind.objects.of(cooperative).count() == 3
    assert acts(cooperative) == [("cooperative.establish", "agus")]


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({"principal_idr": "0"}, "principal_idr", "At least Rp\xa01"),
        ({"principal_idr": "seratus"}, "principal_idr", ""),
        ({"nib": "123"}, "nib", "13 digits"),
        ({"phone": "12"}, "phone", ""),
        ({"on": ""}, "on", "required"),
        ({"kelurahan": ""}, "kelurahan", "required"),
    ],
)
def test_what_is_wrong_stands_beside_it_and_nothing_is_founded(agus_browses, changes, field, text):
    answer = agus_browses.post(ADD, founding(**changes))
    assert text in said(answer)[field]
    assert not Cooperative.objects.exists()


def test_a_kelurahan_has_one_cooperative(agus_browses, mawar):
    assert "kelurahan" in said(agus_browses.post(ADD, founding()))
    assert Cooperative.objects.count() == 1


def test_details_are_changed_with_a_trace(agus_browses, melati):
    data = {
        "nib": "1234 5678 90123",
        "npwp": "",
        "address": "Jalan Melati 1",
        "opened_on": "3 Agustus 2026",
    }
    answer = agus_browses.post(f"/admin/registry/cooperative/{melati.pk}/change/", data)
    assert answer.status_code == 302, said(answer)
    melati.refresh_from_db()
    assert (melati.nib, melati.address) == ("1234567890123", "Jalan Melati 1")
    assert melati.opened_on == date(2026, 8, 3)
    assert acts(melati)[-1] == ("cooperative.edit", "agus")


def test_name_and_code_stay(agus_browses, melati):
    data = {"name": "Lain", "code": "lain", "kelurahan": "33.74.15.1003"}
    agus_browses.post(f"/admin/registry/cooperative/{melati.pk}/change/", data)
    kept = Cooperative.objects.get(pk=melati.pk)
    assert (kept.name, kept.code, kept.kelurahan_id) == (
        melati.name,
        melati.code,
        melati.kelurahan_id,
    )


def decision(**changes):
    return {
        "valid_from": "2027-01-01",
        "principal_idr": "150.000",
        "mandatory_idr": "15.000",
        "member_target": "600",
    } | changes


def test_new_amounts_are_added_beside_the_old(look_into, melati):
    answer = look_into(melati).post("/admin/registry/cooperativesettings/add/", decision())
    assert answer.status_code == 302, said(answer)
    with scope.cooperative(melati.pk):
        rows = CooperativeSettings.objects.of(melati).order_by("valid_from")
        assert [row.principal_idr for row in rows] == [100_000, 150_000]
    assert acts(melati)[-1] == ("cooperative.decide", "agus")


def test_amounts_of_the_past_are_not_rewritten(look_into, melati):
    browser = look_into(melati)
    answer = browser.post(
        "/admin/registry/cooperativesettings/add/", decision(valid_from="2025-01-01")
    )
    assert "Choose a day after" in said(answer)["valid_from"]
    with scope.cooperative(melati.pk):
        kept = CooperativeSettings.objects.of(melati).get()
    path = f"/admin/registry/cooperativesettings/{kept.pk}/change/"
    assert browser.post(path, decision()).status_code == 403


def test_amounts_go_to_the_chosen_cooperative(look_into, melati, mawar):
    data = decision() | {"cooperative": melati.pk}
    look_into(mawar).post("/admin/registry/cooperativesettings/add/", data)
    with scope.cooperative(melati.pk):
        assert CooperativeSettings.objects.of(melati).count() == 1
    with scope.cooperative(mawar.pk):
        assert CooperativeSettings.objects.of(mawar).count() == 2


def test_the_target_is_changed_with_a_trace(agus_browses, semarang):
    path = f"/admin/registry/regency/{semarang.pk}/change/"
    assert agus_browses.get(path).status_code == 200
    before = semarang.target
    agus_browses.post(path, {"target": "170", "name": "Lain"})
    semarang.refresh_from_db()
    assert (semarang.target, semarang.name) == (170, "Kota Semarang")
    event = SystemEvent.objects.get(action="regency.target")
    assert event.details == {"before": before, "after": 170}


def test_a_target_of_nothing_is_refused(agus_browses, semarang):
    answer = agus_browses.post("/admin/registry/regency/33.74/change/", {"target": "0"})
    assert "more than zero" in said(answer)["target"]


def test_a_tile_moves_to_a_free_place(agus_browses):
    kelurahan = Kelurahan.objects.get(code="33.74.15.1003")
    path = f"/admin/registry/kelurahan/{kelurahan.pk}/change/"
    assert agus_browses.post(path, {"tile_column": "22", "tile_row": "17"}).status_code == 302
    kelurahan.refresh_from_db()
    assert (kelurahan.tile_column, kelurahan.tile_row) == (22, 17)
    assert SystemEvent.objects.get(action="kelurahan.tile").details["after"] == [22, 17]


def test_no_tile_stands_on_another(agus_browses):
    here, there = Kelurahan.objects.order_by("code")[:2]
    path = f"/admin/registry/kelurahan/{here.pk}/change/"
    data = {"tile_column": there.tile_column, "tile_row": there.tile_row}
    assert there.name in said(agus_browses.post(path, data))["tile_column"]


def published(**changes):
    return {
        "regency": "33.74",
        "kelurahan": "",
        "series": ReportedFigure.objects.order_by("id").first().series,
        "measure": "operating",
        "state": "reported",
        "value": "9",
        "since": "",
        "as_of": "2026-11-01",
        "coverage": "177 koperasi",
        "coverage_en": "177 cooperatives",
        "note": "",
        "note_en": "",
        "source_name": "Contoh",
        "source_title": "",
        "source_url": "example.org/berita",
    } | changes


def test_a_published_figure_is_written_down(agus_browses):
    answer = agus_browses.post("/admin/city/reportedfigure/add/", published())
    assert answer.status_code == 302, said(answer)
    figure = ReportedFigure.objects.get(source_name="Contoh")
    assert (figure.value, figure.source_url) == (9, "https://example.org/berita")
    assert SystemEvent.objects.get(action="reported.record").actor.username == "agus"


def test_a_slip_in_a_published_figure_is_mended_with_a_trace(agus_browses):
    agus_browses.post("/admin/city/reportedfigure/add/", published())
    figure = ReportedFigure.objects.get(source_name="Contoh")
    path = f"/admin/city/reportedfigure/{figure.pk}/change/"
    answer = agus_browses.post(path, published(value="10"))
    assert answer.status_code == 302, said(answer)
    figure.refresh_from_db()
    assert figure.value == 10
    assert SystemEvent.objects.get(action="reported.correct").details["value"] == 10


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"state": "unknown"}, "value"),
        ({"value": ""}, "value"),
        ({"since": "2026-12-01"}, "since"),
    ],
)
def test_a_figure_that_contradicts_itself_is_refused(agus_browses, changes, field):
    answer = agus_browses.post("/admin/city/reportedfigure/add/", published(**changes))
    assert field in said(answer)
    assert not ReportedFigure.objects.filter(source_name="Contoh").exists()


def test_a_figure_is_published_once(agus_browses):
    agus_browses.post("/admin/city/reportedfigure/add/", published())
    answer = agus_browses.post("/admin/city/reportedfigure/add/", published())
    assert "already" in said(answer)["as_of"]


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("/admin/registry/cooperative/add/", ("on", "opened_on")),
        ("/admin/jejak/", ("at_from", "at_to")),
        ("/admin/access/systemevent/", ("at_from", "at_to")),
    ],
)
def test_each_box_for_a_day_has_the_calendar(agus_browses, page, names):
    html = agus_browses.get(page).content.decode()
    for name in names:
        box = html.split(f'name="{name}"')[1].split("</span></button>")[0]
        assert "data-calendar" in box, name
        assert "data-day" in box.split(">")[0], name
