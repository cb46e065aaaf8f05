"""Taking the payments of many members in one act."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance.ledger.accounts import Code
from finance.ledger.checks import differences
from finance.ledger.services import ledger
from finance.models import Journal, Line
from kkmp.access.models import AuditEvent, User
from kkmp.registry.models import Cooperative, CooperativeFigures
from members.dues.services import collections
from members.dues.services.collections import CollectionRefused, Payment
from members.models import (
    Collection,
    CollectionEntry,
    CollectionSource,
    Member,
    SavingsBalance,
    SavingsEntry,
    SavingsKind,
    Status,
)
from members.savings import checks
from members.savings.services.days import DayRefused
from tests.conftest import MONDAY


@pytest.fixture
def crowd(enrol, in_melati: Cooperative):
    """Makes as many active members as asked for, without a payment."""

    def people(count: int) -> list[Member]:
        made = [enrol(f"Orang {serial:03d}") for serial in range(count)]
        for serial, member in enumerate(made, start=1):
            Member.objects.of(in_melati).filter(id=member.id).update(
                status=Status.ACTIVE, number=serial, joined_on=MONDAY
            )
        return made

    return people


@pytest.fixture
def collect(in_melati: Cooperative, tono: User):
    def act(*payments: Payment, **options) -> Collection:
        given = {"title": "Rapat RW 03", "key": uuid4(), "on": MONDAY, "by": tono}
        return collections.collect(cooperative=in_melati, payments=payments, **given | options)

    return act


def _balances(cooperative: Cooperative) -> dict[tuple, int]:
    rows = SavingsBalance.objects.of(cooperative).exclude(balance_idr=0)
    return {(row.member_id, row.kind_id): row.balance_idr for row in rows}


def _all_agree(cooperative: Cooperative) -> bool:
    return not checks.savings_differences(cooperative) and not list(differences(cooperative))


def test_everybody_gets_an_entry_and_a_receipt(crowd, collect, mandatory, voluntary, in_melati):
    ani, beni = crowd(2)
    taken = collect(
        Payment(ani, mandatory, 30_000),
        Payment(ani, voluntary, 5_000),
        Payment(beni, mandatory, 10_000),
    )
    assert (taken.number, taken.payments, taken.total_idr, taken.date) == (1, 3, 45_000, MONDAY)
    entries = list(SavingsEntry.objects.of(in_melati).order_by("number"))
    assert [e.number for e in entries] == [1, 2, 3]
    assert {e.date for e in entries} == {MONDAY}
    assert CollectionEntry.objects.of(in_melati).filter(collection=taken).count() == 3
    journal = Journal.objects.of(in_melati).get()
    assert (journal.kind, journal.amount_idr) == ("savings.collection", 45_000)
    assert _all_agree(in_melati)
    figures = CooperativeFigures.objects.of(in_melati).get()
    assert (figures.mandatory_idr, figures.voluntary_idr) == (40_000, 5_000)
    event = AuditEvent.objects.of(in_melati).get(action="savings.collect")
    assert event.details == {"title": "Rapat RW 03", "payments": 3, "amount_idr": 45_000}


def test_it_adds_to_what_was_held(ayu, collect, pay, mandatory, in_melati):
    pay(ayu, mandatory, 20_000)
    collect(Payment(ayu, mandatory, 10_000))
    entry = SavingsEntry.objects.of(in_melati).order_by("-number").first()
    assert (entry.amount_idr, entry.balance_after_idr) == (10_000, 30_000)
    assert _all_agree(in_melati)


def test_several_payments_of_one_kind_become_one_receipt(ayu, collect, mandatory, in_melati):
    taken = collect(Payment(ayu, mandatory, 10_000), Payment(ayu, mandatory, 20_000))
    assert (taken.payments, taken.total_idr) == (1, 30_000)


def test_bills_come_out_of_the_account_that_is_named(ayu, collect, mandatory, in_melati):
    taken = collect(
        Payment(ayu, mandatory, 10_000), source=CollectionSource.BILLS, into=Code.OPENING_CLEARING
    )
    journal = Journal.objects.of(in_melati).get(kind="savings.bills")
    money = Line.objects.of(in_melati).get(journal=journal, party=None)
    assert (taken.source, money.account.code) == ("bills", Code.OPENING_CLEARING)


def test_the_same_form_again_returns_the_first(ayu, collect, mandatory, in_melati):
    key, paid = uuid4(), Payment(ayu, mandatory, 10_000)
    first = collect(paid, key=key)
    again = collect(paid, key=key, on=MONDAY.replace(day=24))
    assert again == first
    assert (first.is_repeat, again.is_repeat) == (False, True)
    assert SavingsEntry.objects.of(in_melati).filter(kind=mandatory).count() == 1


@pytest.mark.parametrize(
    "change", [{"title": "Rapat RW 04"}, {"source": "bills"}, {"into": "1-1111"}]
)
def test_the_same_key_with_other_content_is_refused(ayu, collect, mandatory, change):
    key = uuid4()
    collect(Payment(ayu, mandatory, 10_000), key=key)
    with pytest.raises(ledger.KeyReused):
        collect(Payment(ayu, mandatory, 10_000), key=key, **change)


def test_the_same_key_with_another_amount_is_refused(ayu, collect, mandatory):
    key = uuid4()
    collect(Payment(ayu, mandatory, 10_000), key=key)
    with pytest.raises(ledger.KeyReused):
        collect(Payment(ayu, mandatory, 20_000), key=key)


@pytest.mark.parametrize(("title", "field"), [("", "title"), ("  ", "title"), ("x" * 81, "title")])
def test_a_title_is_needed_and_fits(ayu, collect, mandatory, title, field):
    with pytest.raises(CollectionRefused) as refused:
        collect(Payment(ayu, mandatory, 10_000), title=title)
    assert field in refused.value.fields


def test_somebody_must_have_paid(collect, in_melati):
    with pytest.raises(CollectionRefused):
        collect()
    assert not Collection.objects.of(in_melati).exists()


def test_every_wrong_row_is_named_and_nothing_is_taken(
    ayu, wulan, collect, mandatory, principal, voluntary, in_melati
):
    SavingsKind.objects.of(in_melati).filter(id=voluntary.id).update(min_deposit_idr=5_000)
    voluntary.refresh_from_db()
    before = _balances(in_melati)
    with pytest.raises(CollectionRefused) as refused:
        collect(
            Payment(ayu, mandatory, 0),
            Payment(ayu, principal, 1_000),
            Payment(ayu, voluntary, 4_000),
            Payment(wulan, mandatory, 10_000),
        )
    assert refused.value.fields.keys() == {str(ayu.id), str(wulan.id)}
    assert len(refused.value.fields[str(ayu.id)]) == 3
    assert _balances(in_melati) == before


def test_a_kind_out_of_use_is_refused(ayu, collect, voluntary, in_melati):
    voluntary.is_active = False
    with pytest.raises(CollectionRefused):
        collect(Payment(ayu, voluntary, 10_000))


def test_long_lists_are_cut_into_journals(crowd, collect, mandatory, monkeypatch, in_melati):
    monkeypatch.setattr(collections, "LINES_A_JOURNAL", 4)
    people = crowd(7)
    collect(*(Payment(member, mandatory, 10_000) for member in people))
    lines = Line.objects.of(in_melati).values_list("journal__number", flat=True)
    assert [list(lines).count(number) for number in (1, 2, 3)] == [4, 4, 2]
    assert _all_agree(in_melati)


def test_the_statements_do_not_grow_with_the_members(crowd, collect, mandatory):
    people = crowd(60)
    counts = []
    for size in (3, 60):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            collect(*(Payment(member, mandatory, 10_000) for member in people[:size]))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_one_entry_of_a_collection_is_corrected_alone(
    crowd, collect, correct, mandatory, voluntary, in_melati
):
    ani, beni = crowd(2)
    collect(
        Payment(ani, mandatory, 30_000),
        Payment(ani, voluntary, 5_000),
        Payment(beni, mandatory, 10_000),
    )
    wrong = SavingsEntry.objects.of(in_melati).get(member=ani, kind=mandatory)
    mirrored = correct(wrong)
    assert mirrored.journal.kind == "savings.collection.reversal"
    assert _balances(in_melati) == {
        (ani.id, voluntary.id): 5_000,
        (beni.id, mandatory.id): 10_000,
    }
    assert _all_agree(in_melati)


def test_the_only_entry_of_a_collection_is_corrected(ayu, collect, correct, mandatory, in_melati):
    collect(Payment(ayu, mandatory, 10_000))
    correct(SavingsEntry.objects.of(in_melati).get(kind=mandatory, reverses=None))
    assert (ayu.id, mandatory.id) not in _balances(in_melati)
    assert _all_agree(in_melati)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    acts=st.lists(
        st.lists(
            st.tuples(st.integers(0, 3), st.booleans(), st.integers(1, 500_000)),
            min_size=1,
            max_size=8,
        ),
        min_size=1,
        max_size=3,
    )
)
def test_no_rupiah_is_created_or_lost(crowd, collect, mandatory, voluntary, in_melati, acts):

    with transaction.atomic():
        people = crowd(4)
        for act in acts:
            collect(
                *(Payment(people[at], mandatory if m else voluntary, idr) for at, m, idr in act)
            )
        paid = sum(idr for act in acts for _at, _m, idr in act)
        assert sum(_balances(in_melati).values()) == paid
        cash = Line.objects.of(in_melati).filter(account__code=Code.CASH)
        assert sum(line.debit_idr for line in cash) == paid
        assert _all_agree(in_melati)
        connection.check_constraints()
        transaction.set_rollback(True)


def test_money_of_a_meeting_counts_for_the_day_of_the_meeting(ayu, mandatory, collect, in_melati):
    ayu.joined_on = MONDAY - timedelta(days=9)
    ayu.save(update_fields=["joined_on"])
    key, sunday = uuid4(), MONDAY - timedelta(days=1)
    made = collect(Payment(ayu, mandatory, 10_000), key=key, day=sunday)
    entry = SavingsEntry.objects.of(in_melati).get(collected__collection=made)
    assert (made.date, entry.date, entry.journal.date) == (sunday, sunday, sunday)
    assert collect(Payment(ayu, mandatory, 10_000), key=key, day=sunday) == made
    with pytest.raises(ledger.KeyReused):
        collect(Payment(ayu, mandatory, 10_000), key=key)
    assert differences(in_melati) == []


@pytest.mark.parametrize("days", [1, -9])
def test_a_day_that_has_not_come_or_was_before_the_membership_is_refused(
    ayu, mandatory, collect, in_melati, days
):
    with pytest.raises(DayRefused) as refused:
        collect(Payment(ayu, mandatory, 10_000), day=MONDAY + timedelta(days=days))
    assert list(refused.value.fields) == ["day"]
    assert not Collection.objects.of(in_melati).exists()
