"""Whatever is posted, balances are the re-added lines and every day's trial balance balances."""

from datetime import date, timedelta

from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance.ledger import checks, queries
from finance.ledger.accounts import CASH_CODES, Code
from finance.ledger.services import chart, ledger
from finance.ledger.services.ledger import Entry
from finance.models import Journal, Line
from kkmp.lib.ids import new_id
from kkmp.lib.money import split_largest_remainder
from tests.finance.books import account as account_of
from tests.finance.books import post

#: Cash boxes give no more than they hold; that is tried in test_cash_boxes.
CODES = [row["code"] for row in chart.rows() if row["code"] not in CASH_CODES]
START = date(2026, 9, 25)
days = st.integers(0, 100).map(lambda offset: START + timedelta(days=offset))
amounts = st.one_of(st.integers(1, 50), st.integers(1, 10**12))


@st.composite
def entries(draw):
    """Several debits, and as many credits as share the same total."""
    debits = draw(st.lists(st.tuples(st.sampled_from(CODES), amounts), min_size=1, max_size=4))
    total = sum(amount for _code, amount in debits)
    weights = draw(st.lists(st.integers(1, 9), min_size=1, max_size=4))
    shares = [share for share in split_largest_remainder(total, weights) if share]
    codes = draw(st.lists(st.sampled_from(CODES), min_size=len(shares), max_size=len(shares)))
    return [
        *(Entry(code, amount, 0) for code, amount in debits),
        *(Entry(code, 0, share) for code, share in zip(codes, shares, strict=True)),
    ]


books = st.lists(st.tuples(entries(), days, st.booleans()), max_size=5)
by_hand = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def write(cooperative, acts):
    for lines, day, is_undone in acts:
        journal = post(cooperative, *lines, on=day)
        if is_undone:
            ledger.reverse(
                journal=journal, memo="", key=new_id(), on=day + timedelta(days=9), by=None
            )


def re_added(cooperative, on):
    """Debits less credits by account, from nothing but the lines."""
    sums = {}
    lines = Line.objects.of(cooperative).filter(date__lte=on).select_related("account")
    for line in lines.order_by("id"):
        code = line.account.code
        sums[code] = sums.get(code, 0) + line.debit_idr - line.credit_idr
    return {code: amount for code, amount in sums.items() if amount}


@by_hand
@given(acts=books, on=days)
def test_every_days_trial_balance_is_the_re_added_lines(in_melati, acts, on):
    with transaction.atomic():
        write(in_melati, acts)
        balance = queries.trial_balance(in_melati, on)
        assert balance.is_balanced
        assert {row.account.code: row.net_idr for row in balance.nonzero} == re_added(in_melati, on)
        transaction.set_rollback(True)


@by_hand
@given(acts=books)
def test_what_is_kept_beside_the_lines_agrees_with_them(in_melati, acts, monkeypatch):
    """Only the ledger's checks are asked: others would miss the savings and goods behind lines."""
    monkeypatch.setattr(checks, "_plugged_in", [])
    with transaction.atomic():
        write(in_melati, acts)
        connection.check_constraints()
        assert checks.differences(in_melati) == []
        transaction.set_rollback(True)


@by_hand
@given(acts=books)
def test_the_same_acts_sent_again_change_nothing(in_melati, acts):
    with transaction.atomic():
        keyed = [(new_id(), lines, day) for lines, day, _undone in acts]
        for _try in range(2):
            for key, lines, day in keyed:
                post(in_melati, *lines, on=day, key=key)
        assert Journal.objects.of(in_melati).count() == len(acts)
        transaction.set_rollback(True)


@by_hand
@given(acts=books, code=st.sampled_from([Code.BANK, Code.MEMBER_SALES]), since=days, until=days)
def test_an_account_ledger_runs_from_balance_to_balance(in_melati, acts, code, since, until):
    with transaction.atomic():
        write(in_melati, acts)
        account = account_of(in_melati, code)
        book = queries.account_ledger(account, min(since, until), until)
        lines = list(book.lines)
        last = book.running_idr(lines[-1]) if lines else book.before.balance_idr
        assert last == queries.balances(in_melati, [code], until)[code]
        # A page begins anywhere, and knows what stood before it.
        later = lines[len(lines) // 2 :]
        expected = [book.running_idr(line) for line in later]
        assert queries.running(account, later) == expected
        transaction.set_rollback(True)
