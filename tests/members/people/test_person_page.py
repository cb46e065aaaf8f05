"""What one person's page shows where, and the links above the members' pages."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from kkmp.access.models import User
from kkmp.registry.models import Cooperative
from members.models import Exit, Member, SavingsEntry, Status
from members.savings.services import kinds
from members.savings.services.kinds import Terms
from tests.conftest import MONDAY

Door = Callable[[User], Client]


def _placed(member: Member, user: User, client_of: Door) -> dict[str, list[str]]:
    answer = client_of(user).get(f"/k/{member.cooperative.code}/anggota/{member.id}/")
    return {
        place: [panel.template.rpartition("/")[2] for panel in found]
        for place, found in answer.context["placed"].items()
    }


def test_what_is_due_stands_above_and_the_way_out_at_the_end(
    ayu: Member, rini: User, client_of: Door
) -> None:
    placed = _placed(ayu, rini, client_of)
    assert placed["main"] == ["_dues_panel.html"]
    assert placed["end"] == ["_way_out.html"]


def test_a_leaving_under_way_comes_first(
    ayu: Member, ask: Callable[..., Exit], rini: User, client_of: Door
) -> None:
    ask(ayu)
    placed = _placed(ayu, rini, client_of)
    assert placed["main"] == ["_leaving.html", "_dues_panel.html"]
    assert placed["end"] == []


def test_who_may_only_look_sees_no_way_out(ayu: Member, wati: User, client_of: Door) -> None:
    assert _placed(ayu, wati, client_of)["end"] == []


def test_a_person_who_never_paid_has_no_passbook(
    enrol: Callable[..., Member], rini: User, client_of: Door
) -> None:
    lead = enrol("Calon", status=Status.LEAD)
    assert "_papers.html" not in _placed(lead, rini, client_of)["side"]


def test_a_kind_of_their_own_is_shown_once_somebody_holds_some(
    ayu: Member, pay: Callable[..., SavingsEntry], budi: User, tono: User, client_of: Door
) -> None:
    terms = Terms(name="Simpanan hari raya")
    holiday = kinds.define(on=MONDAY, cooperative=ayu.cooperative, terms=terms, by=budi)
    address = f"/k/{ayu.cooperative.code}/anggota/{ayu.id}/"
    before = client_of(tono).get(address).context["holdings"]
    assert holiday not in [holding.kind for holding in before]
    pay(ayu, holiday, 10_000)
    after = client_of(tono).get(address).context["holdings"]
    assert holiday in [holding.kind for holding in after]


def _groups(user: User, path: str, cooperative: Cooperative, client_of: Door) -> list[dict]:
    answer = client_of(user).get(f"/k/{cooperative.code}/anggota/{path}")
    return list(answer.context["page_tabs"])


def _pages(group: dict[str, Any]) -> list[str]:
    return [page["url"].rsplit("/anggota/", 1)[1] for page in group["pages"]]


def test_a_group_is_current_with_the_page_in_it(
    in_melati: Cooperative, tono: User, client_of: Door
) -> None:
    groups = _groups(tono, "tunggakan/", in_melati, client_of)
    (here,) = [group for group in groups if group["current"]]
    assert _pages(here) == [
        "simpanan-wajib/",
        "setoran-bersama/",
        "setoran-bersama/riwayat/",
        "tunggakan/",
        "jenis-simpanan/",
    ]
    current = next(page["url"] for page in here["pages"] if page["current"])
    assert current.endswith("tunggakan/")


def test_a_supervisor_is_led_to_what_was_collected_and_not_to_collecting(
    in_melati: Cooperative, wati: User, client_of: Door
) -> None:
    groups = _groups(wati, "setoran-bersama/riwayat/", in_melati, client_of)
    (here,) = [group for group in groups if group["current"]]
    assert "setoran-bersama/" not in _pages(here)
    assert "setoran-bersama/riwayat/" in _pages(here)
