"""The register and its identity marks go together, and clerks are warned and told no more."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from rest_framework.test import APIClient

from kkmp.access.models import User
from kkmp.imports.rows import SourceRow
from kkmp.lib.identity import Nik
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from kkmp.registry.services import identity_marks
from members.models import Member, Status
from members.register.services import marks, membership, warnings
from members.register.services.membership import Particulars
from members.takeover.kind import MemberList
from members.takeover.services import opening
from members.takeover.services.opening_rules import Opening
from tests.conftest import MONDAY
from tests.members.conftest import NIKS


@pytest.fixture
def at_mawar(melati: Cooperative, mawar: Cooperative, joko: User) -> Member:
    """Wulan is on Mawar's register."""
    with scope.cooperative(mawar.pk):
        return membership.register(
            cooperative=mawar,
            particulars=Particulars(name="Wulan (rekaan)", nik=NIKS[0]),
            on=MONDAY,
            by=joko,
        )


def _marked(cooperative: Cooperative) -> set[bytes]:
    with scope.cooperative(cooperative.pk):
        return identity_marks.own()


def _marks(cooperative: Cooperative, *niks: Nik) -> set[bytes]:
    return {identity_marks.mark_of(cooperative, nik) for nik in niks}


def test_registering_marks(wulan: Member) -> None:
    assert _marked(wulan.cooperative) == _marks(wulan.cooperative, NIKS[0])


def test_somebody_without_a_nik_has_no_mark(enrol: Callable[..., Member]) -> None:
    assert _marked(enrol().cooperative) == set()


def test_filling_in_the_nik_later_marks(enrol: Callable[..., Member], rini: User) -> None:
    member = enrol()
    _edit(member, rini, NIKS[0])
    assert _marked(member.cooperative) == _marks(member.cooperative, NIKS[0])


def test_a_corrected_nik_moves_the_mark(wulan: Member, rini: User) -> None:
    _edit(wulan, rini, NIKS[5])
    assert _marked(wulan.cooperative) == _marks(wulan.cooperative, NIKS[5])


def test_another_change_leaves_the_mark(wulan: Member, rini: User) -> None:
    _edit(wulan, rini, None)
    assert _marked(wulan.cooperative) == _marks(wulan.cooperative, NIKS[0])


def _edit(member: Member, by: User, nik: Nik | None) -> None:
    membership.edit(
        member=member,
        particulars=Particulars(name="Wulan Sari (rekaan)", nik=nik),
        version=member.version,
        on=MONDAY,
        by=by,
    )


def test_whoever_left_has_no_mark(wulan: Member) -> None:
    wulan.status = Status.LEFT
    marks.keep_in_step(wulan)
    assert _marked(wulan.cooperative) == set()


def test_whoever_comes_back_has_one_again(wulan: Member) -> None:
    wulan.status = Status.LEFT
    marks.keep_in_step(wulan)
    wulan.status = Status.APPLIED
    marks.keep_in_step(wulan)
    assert _marked(wulan.cooperative) == _marks(wulan.cooperative, NIKS[0])


def test_people_taken_off_the_register_are_forgotten(wulan: Member, ayu: Member) -> None:
    marks.forget(wulan.cooperative, [wulan])
    assert _marked(wulan.cooperative) == _marks(wulan.cooperative, NIKS[1])


def test_a_list_taken_over_is_marked(in_melati: Cooperative, rini: User) -> None:
    people = [
        Opening(
            particulars=Particulars(name=f"Orang {at} (rekaan)", nik=nik),
            status=Status.APPLIED,
            since=MONDAY,
        )
        for at, nik in enumerate([*NIKS[:3], None])
    ]
    opening.take_over(cooperative=in_melati, people=people, key=uuid4(), on=MONDAY, by=rini)
    assert _marked(in_melati) == _marks(in_melati, *NIKS[:3])


def test_a_register_and_its_marks_are_compared_and_put_right(wulan: Member, ayu: Member) -> None:
    melati = wulan.cooperative
    assert marks.differences(melati) == (set(), set())
    identity_marks.clear(cooperative=melati, niks=[NIKS[0]])
    identity_marks.keep(cooperative=melati, niks=[NIKS[7]])
    assert marks.differences(melati) == (_marks(melati, NIKS[0]), _marks(melati, NIKS[7]))
    marks.put_right(melati)
    assert marks.differences(melati) == (set(), set())


def test_the_same_person_elsewhere_is_a_warning(at_mawar: Member, melati: Cooperative) -> None:
    person = Particulars(name="Wulan", nik=NIKS[0])
    with scope.cooperative(melati.pk):
        (warning,) = warnings.find(person, cooperative=melati, on=MONDAY)
    assert (warning.code, warning.field) == ("elsewhere", "nik")
    assert not any(word in warning.message for word in ("Mawar", "Wulan", NIKS[0].digits, "3374"))


def test_nobody_elsewhere_is_no_warning(in_melati: Cooperative) -> None:
    person = Particulars(name="Wulan", nik=NIKS[0])
    assert warnings.find(person, cooperative=in_melati, on=MONDAY) == []


def test_the_clerk_is_asked_before_saving(
    at_mawar: Member, melati: Cooperative, rini: User, client_of: Callable[[User], Client]
) -> None:
    form = {"name": "Wulan", "nik": NIKS[0].digits, "status": "applied", "key": str(uuid4())}
    browser, page = client_of(rini), f"/k/{melati.code}/anggota/daftar/"
    asked = browser.post(page, form)
    assert asked.status_code == 422
    assert [warning.code for warning in asked.context["form"].warnings] == ["elsewhere"]
    answer = browser.post(page, form | {"shown_warnings": "elsewhere", "is_confirmed": "on"})
    assert answer.status_code == 302


def test_a_list_is_warned_about_with_one_question(
    at_mawar: Member, melati: Cooperative, django_assert_max_num_queries: Callable[..., object]
) -> None:
    kind = MemberList()
    rows = [
        SourceRow(at, {c.name: "" for c in kind.columns} | {"name": f"Orang {at}", "nik": n.digits})
        for at, n in enumerate(NIKS, start=1)
    ]
    with scope.cooperative(melati.pk), django_assert_max_num_queries(4):
        verdicts = kind.check(rows, cooperative=melati, on=MONDAY)
    warned = [v.number for v in verdicts if "elsewhere" in {w.code for w in v.warnings}]
    assert warned == [1]


def test_the_api_tells_the_warning(
    at_mawar: Member, melati: Cooperative, rini: User, api_of: Callable[..., APIClient]
) -> None:
    answer = api_of(rini).post(
        "/api/v1/members/", {"name": "Wulan", "nik": NIKS[0].digits}, format="json"
    )
    assert [warning["code"] for warning in answer.json()["warnings"]] == ["elsewhere"]
