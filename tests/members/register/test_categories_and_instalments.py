"""Categories of members, and whether the principal may be paid in parts."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance.ledger.accounts import Code
from kkmp.access.models import User
from kkmp.registry.models import Cooperative, CooperativeSettings
from members.models import Category, Member, SavingsEntry, SavingsKind, Status
from members.register.services import membership
from members.register.services.particulars import Particulars
from members.savings import offers, queries
from members.savings.services import savings
from tests.conftest import MONDAY
from tests.members.conftest import NIKS

Enrol = Callable[..., Member]
Act = Callable[..., SavingsEntry]
Door = Callable[[User], Client]


@pytest.fixture
def decide(in_melati: Cooperative) -> Callable[..., None]:
    """Change what the members decided."""

    def change(**decided: Any) -> None:
        CooperativeSettings.objects.of(in_melati).update(**decided)

    return change


def _url(name: str, cooperative: Cooperative, *args: Any) -> str:
    return reverse(f"members:{name}", args=[cooperative.code, *args])


# --- Instalments -----------------------------------------------------------------------------


def test_a_part_is_refused_where_the_members_want_one_sum(
    wulan: Member, principal: SavingsKind, pay: Act, decide: Any
) -> None:
    decide(allows_instalments=False)
    with pytest.raises(savings.DepositRefused, match=r"Rp100\.000"):
        pay(wulan, principal, 99_999)
    assert pay(wulan, principal, 100_000).member.status == Status.ACTIVE


def test_what_was_begun_in_parts_is_completed_in_one_sum(
    wulan: Member, principal: SavingsKind, pay: Act, decide: Any
) -> None:
    pay(wulan, principal, 30_000)
    decide(allows_instalments=False)
    with pytest.raises(savings.DepositRefused, match=r"Rp70\.000"):
        pay(wulan, principal, 30_000)
    assert pay(wulan, principal, 70_000).member.is_active


def test_what_was_paid_before_the_books_is_taken_over_as_it_was(
    wulan: Member, principal: SavingsKind, pay: Act, decide: Any
) -> None:
    decide(allows_instalments=False)
    entry = pay(wulan, principal, 40_000, into=Code.OPENING_CLEARING)
    assert entry.member.status == Status.INCOMPLETE


def test_a_part_taken_before_is_known_again_after_the_rule_changed(
    wulan: Member, principal: SavingsKind, pay: Act, decide: Any
) -> None:
    key = uuid4()
    pay(wulan, principal, 30_000, key=key)
    decide(allows_instalments=False)
    assert pay(wulan, principal, 30_000, key=key).is_repeat


def test_offers_and_pages_say_one_sum(
    wulan: Member, budi: User, client_of: Door, decide: Any
) -> None:
    decide(allows_instalments=False)
    (offer,) = offers.to_deposit(wulan, on=MONDAY)
    assert offer.quick_idr == (100_000,)
    assert offer.hint == "Rp100.000, dibayar sekaligus"
    page = client_of(budi).get(_url("detail", wulan.cooperative, wulan.id)).content.decode()
    assert "Dibayar sekaligus." in page


def test_offers_of_parts_stay_where_they_are_allowed(wulan: Member) -> None:
    (offer,) = offers.to_deposit(wulan, on=MONDAY)
    assert offer.quick_idr == (10_000, 20_000, 50_000, 100_000)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(amount_idr=st.integers(min_value=1, max_value=250_000))
def test_without_instalments_all_or_nothing(
    enrol: Enrol, principal: SavingsKind, pay: Act, decide: Any, amount_idr: int
) -> None:
    decide(allows_instalments=False)
    member = enrol("Siapa (rekaan)")
    Member.objects.of(member.cooperative).filter(id=member.id).update(
        nik_sealed=b"x", nik_hash=uuid4().bytes
    )
    try:
        pay(member, principal, amount_idr)
    except savings.DepositRefused:
        assert amount_idr != 100_000
    member.refresh_from_db()
    assert member.is_active == (amount_idr == 100_000)


# --- Categories ------------------------------------------------------------------------------


def test_somebody_new_is_an_ordinary_member(wulan: Member) -> None:
    assert wulan.category == Category.ORDINARY


def test_extraordinary_members_pay_their_own_principal(
    enrol: Enrol, principal: SavingsKind, pay: Act, decide: Any
) -> None:
    decide(extraordinary_principal_idr=150_000)
    member = enrol("Luar (rekaan)", nik=NIKS[3], category=Category.EXTRAORDINARY)
    assert not pay(member, principal, 100_000).member.is_active
    assert pay(member, principal, 50_000).member.is_active


def test_an_edit_without_a_category_leaves_it(enrol: Enrol, rini: User) -> None:
    member = enrol("Luar (rekaan)", category=Category.EXTRAORDINARY)
    edited = membership.edit(
        member=member,
        particulars=Particulars(name="Luar Biasa (rekaan)"),
        version=1,
        on=MONDAY,
        by=rini,
    )
    assert (edited.name, edited.category) == ("Luar Biasa (rekaan)", Category.EXTRAORDINARY)


def test_the_category_is_chosen_changed_and_shown(
    in_melati: Cooperative, rini: User, client_of: Door
) -> None:
    browser = client_of(rini)
    form = {"name": "Tuti", "status": "applied", "key": str(uuid4()), "category": "extraordinary"}
    browser.post(_url("register", in_melati), form)
    member = Member.objects.of(in_melati).get()
    assert member.category == Category.EXTRAORDINARY
    page = browser.get(_url("detail", in_melati, member.id)).content.decode()
    assert "Anggota luar biasa" in page
    browser.post(
        _url("edit", in_melati, member.id), {"name": "Tuti", "version": 1, "category": "ordinary"}
    )
    member.refresh_from_db()
    assert member.category == Category.ORDINARY


def test_a_category_changed_by_another_is_told(
    enrol: Enrol, rini: User, budi: User, client_of: Door
) -> None:
    member = enrol("Tuti")
    url = _url("edit", member.cooperative, member.id)
    seen = client_of(rini).get(url).context["form"]["seen"].value()
    client_of(budi).post(url, {"name": "Tuti", "version": 1, "category": "extraordinary"})
    late = {"name": "Tuti", "version": 1, "category": "ordinary", "seen": seen}
    answer = client_of(rini).post(url, late)
    assert answer.status_code == 409
    (said,) = answer.context["form"].non_field_errors()
    assert f"diubah oleh {budi}" in said
    assert "Kategori: tadinya" in said
    assert answer.context["form"]["category"].value() == "extraordinary"


def test_the_list_is_filtered_by_category(
    wulan: Member, enrol: Enrol, rini: User, client_of: Door
) -> None:
    enrol("Luar (rekaan)", category=Category.EXTRAORDINARY)
    url = _url("list", wulan.cooperative) + "?category=extraordinary"
    page = client_of(rini).get(url).context["page"]
    assert [member.name for member in page] == ["Luar (rekaan)"]


def test_an_unknown_category_is_refused(in_melati: Cooperative, rini: User, api_of: Any) -> None:
    answer = api_of(rini).post("/api/v1/members/", {"name": "X", "category": "vip"}, format="json")
    assert answer.status_code == 400
    assert "category" in answer.json()["fields"]


def test_the_path_knows_the_rule(wulan: Member, decide: Any) -> None:
    held = queries.holdings(wulan, on=MONDAY)
    path = queries.path_to_membership(wulan, held, on=MONDAY)
    assert path is not None
    assert path.allows_instalments
