from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from finance.ledger.accounts import Code
from finance.models import Line
from members.models import SavingsKind
from members.savings.services import kinds, savings
from members.savings.services.kinds import KindConflict, KindRefused, Terms
from members.savings.services.savings import DepositRefused, WithdrawalRefused
from tests.conftest import MONDAY
from tests.stale import held, opened, refusal

HOLIDAY = Terms(name="Simpanan hari raya", min_deposit_idr=5_000)


@pytest.fixture
def holiday(in_melati, tono):
    return kinds.define(on=MONDAY, cooperative=in_melati, terms=HOLIDAY, by=tono)


@pytest.fixture
def ruled(voluntary, tono):
    """Give voluntary savings rules."""

    def rule(**terms):
        changed = Terms(name=voluntary.name, name_en=voluntary.name_en, **terms)
        kind = SavingsKind.objects.of(voluntary.cooperative_id).get(id=voluntary.id)
        return kinds.change(on=MONDAY, kind=kind, terms=changed, version=kind.version, by=tono)

    return rule


def test_a_kind_of_its_own_is_held_on_the_account_of_special_savings(ayu, holiday, pay):
    entry = pay(ayu, holiday, 20_000)
    assert holiday.code == "hari-raya"
    codes = Line.objects.of(ayu.cooperative).filter(journal=entry.journal).order_by("position")
    assert [line.account.code for line in codes.select_related("account")] == [
        Code.CASH,
        Code.SPECIAL_SAVINGS,
    ]


def test_its_members_may_withdraw_it(ayu, holiday, pay, take):
    pay(ayu, holiday, 20_000)
    assert take(ayu, holiday, 20_000).balance_after_idr == 0


def test_a_name_is_given_once(holiday, in_melati, tono):
    with pytest.raises(KindRefused) as refused:
        kinds.define(
            on=MONDAY,
            cooperative=in_melati,
            terms=replace(HOLIDAY, name="SIMPANAN hari Raya"),
            by=tono,
        )
    assert "name" in refused.value.fields


def test_two_names_that_shorten_alike_get_codes_of_their_own(in_melati, tono):
    first = kinds.define(on=MONDAY, cooperative=in_melati, terms=Terms(name="Qurban"), by=tono)
    second = kinds.define(on=MONDAY, cooperative=in_melati, terms=Terms(name="Qurban!"), by=tono)
    assert (first.code, second.code) == ("qurban", "qurban-2")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("min_deposit_idr", -1),
        ("min_balance_idr", -1),
        ("most_withdrawal_idr", 0),
        ("withdrawals_a_month", 0),
        ("return_percent", Decimal("24.01")),
        ("return_percent", Decimal("-1")),
        ("return_percent", Decimal("1.005")),
        ("name", "x" * 61),
        ("withdrawals_a_month", 32),
        ("locked_until", date(2036, 11, 24)),
        ("locked_until", date(1976, 11, 22)),
    ],
)
def test_rules_that_make_no_sense_are_refused(in_melati, tono, field, value):
    with pytest.raises(KindRefused) as refused:
        kinds.define(
            on=MONDAY, cooperative=in_melati, terms=replace(HOLIDAY, **{field: value}), by=tono
        )
    assert field in refused.value.fields


@pytest.mark.parametrize("code", ["pokok", "wajib"])
def test_principal_and_mandatory_savings_have_no_rules_here(in_melati, tono, code):
    kind = SavingsKind.objects.of(in_melati).get(code=code)
    with pytest.raises(KindRefused):
        kinds.change(on=MONDAY, kind=kind, terms=HOLIDAY, version=kind.version, by=tono)


def test_two_who_change_a_kind_at_once_notice(holiday, tono):
    kinds.change(
        on=MONDAY, kind=holiday, terms=replace(HOLIDAY, min_deposit_idr=1), version=1, by=tono
    )
    with pytest.raises(KindConflict):
        kinds.change(
            on=MONDAY, kind=holiday, terms=replace(HOLIDAY, min_deposit_idr=2), version=1, by=tono
        )


def test_less_than_the_least_deposit_is_refused(ayu, holiday, pay):
    with pytest.raises(DepositRefused) as refused:
        pay(ayu, holiday, 4_999)
    assert "amount_idr" in refused.value.fields
    assert pay(ayu, holiday, 5_000).amount_idr == 5_000


def test_a_kind_out_of_use_takes_nothing_and_pays_out(ayu, holiday, pay, take, tono):
    pay(ayu, holiday, 10_000)
    terms = replace(HOLIDAY, is_active=False)
    out_of_use = kinds.change(on=MONDAY, kind=holiday, terms=terms, version=1, by=tono)
    with pytest.raises(DepositRefused):
        pay(ayu, out_of_use, 10_000)
    assert take(ayu, out_of_use, 10_000).balance_after_idr == 0


def test_what_has_to_stay_stays(ayu, ruled, voluntary, pay, take):
    pay(ayu, voluntary, 50_000)
    kind = ruled(min_balance_idr=20_000)
    with pytest.raises(WithdrawalRefused, match=r"20\.000"):
        take(ayu, kind, 30_001)
    assert take(ayu, kind, 30_000).balance_after_idr == 20_000


def test_the_most_at_once_is_the_most(ayu, ruled, voluntary, pay, take):
    pay(ayu, voluntary, 50_000)
    kind = ruled(most_withdrawal_idr=10_000)
    with pytest.raises(WithdrawalRefused, match=r"10\.000"):
        take(ayu, kind, 10_001)
    assert take(ayu, kind, 10_000).amount_idr == -10_000


def test_withdrawals_are_counted_by_the_month_without_corrected_ones(
    ayu, ruled, voluntary, pay, take, correct
):
    pay(ayu, voluntary, 50_000)
    kind = ruled(withdrawals_a_month=1)
    first = take(ayu, kind, 1_000)
    with pytest.raises(WithdrawalRefused):
        take(ayu, kind, 1_000)
    correct(first)
    take(ayu, kind, 1_000)
    with pytest.raises(WithdrawalRefused):
        take(ayu, kind, 1_000)
    assert take(ayu, kind, 1_000, on=date(2026, 12, 1)).amount_idr == -1_000


def test_locked_savings_open_on_their_day(ayu, ruled, voluntary, pay, take):
    pay(ayu, voluntary, 50_000)
    kind = ruled(locked_until=MONDAY + timedelta(days=1))
    with pytest.raises(WithdrawalRefused) as refused:
        take(ayu, kind, 1_000)
    assert "kind" in refused.value.fields
    assert take(ayu, kind, 1_000, on=MONDAY + timedelta(days=1)).amount_idr == -1_000


def test_a_withdrawal_over_the_balance_is_told_by_the_balance(ayu, ruled, voluntary, pay, take):
    pay(ayu, voluntary, 5_000)
    with pytest.raises(savings.WithdrawalRefused, match=r"5\.000"):
        take(ayu, ruled(min_balance_idr=1_000), 5_001)


def test_rules_changed_by_another_are_named_and_kept(holiday, in_melati, tono, budi, client_of):
    address = reverse("members:change_kind", args=[in_melati.code, holiday.id])
    browser = client_of(tono)
    told = opened(browser, address)
    terms = replace(HOLIDAY, min_deposit_idr=10_000, return_percent=Decimal("3.5"))
    kinds.change(kind=holiday, terms=terms, version=1, on=MONDAY, by=budi)
    answer = browser.post(address, told | {"name": "Simpanan Idulfitri"})
    said = refusal(answer)
    assert f"diubah oleh {budi}" in said
    assert "tadinya “Rp5.000”, sekarang “Rp10.000”" in said
    assert "sekarang “3,5”" in said
    assert browser.post(address, held(answer.context["form"])).status_code == 302
    kept = SavingsKind.objects.of(in_melati).get(id=holiday.id)
    assert (kept.name, kept.min_deposit_idr) == ("Simpanan Idulfitri", 10_000)
    assert kept.return_percent == Decimal("3.5")
