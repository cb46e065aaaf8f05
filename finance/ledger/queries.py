"""What pages, the API and other apps read of the books."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypedDict
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum, Window
from django.db.models.functions import Coalesce
from django_stubs_ext import WithAnnotations

from finance.ledger.accounts import CASH_CODES, Code
from finance.ledger.models import Account, Balance, Journal, Line
from kkmp.lib.periods import month_end, month_of
from kkmp.registry.models import Cooperative


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """An account and all that was ever debited and credited to it, up to a day's end."""

    account: Account
    debited_idr: int = 0
    credited_idr: int = 0

    @property
    def net_idr(self) -> int:
        """Debits less credits: positive where the balance stands on the debit side."""
        return self.debited_idr - self.credited_idr

    @property
    def debit_idr(self) -> int:
        """The balance if it stands on the debit side, else zero."""
        return max(self.net_idr, 0)

    @property
    def credit_idr(self) -> int:
        """The balance if it stands on the credit side, else zero."""
        return max(-self.net_idr, 0)

    @property
    def balance_idr(self) -> int:
        """The balance on the account's usual side; negative if it stands on the other."""
        return self.net_idr if self.account.debit_increases else -self.net_idr


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """Every account of a cooperative at the end of a day, in the order of their codes."""

    on: date
    rows: list[AccountBalance]

    @property
    def debit_idr(self) -> int:
        return sum(row.debit_idr for row in self.rows)

    @property
    def credit_idr(self) -> int:
        return sum(row.credit_idr for row in self.rows)

    @property
    def below_zero(self) -> list[AccountBalance]:
        """Boxes that hold less than nothing, which cannot be."""
        return [row for row in self.rows if row.account.code in CASH_CODES and row.net_idr < 0]

    @property
    def is_balanced(self) -> bool:
        return self.debit_idr == self.credit_idr

    @property
    def used(self) -> list[AccountBalance]:
        """The accounts that anything was ever posted to."""
        return [row for row in self.rows if row.debited_idr or row.credited_idr]

    @property
    def nonzero(self) -> list[AccountBalance]:
        """The accounts whose balance is not zero."""
        return [row for row in self.rows if row.net_idr]


def trial_balance(cooperative: Cooperative, on: date) -> TrialBalance:
    """Balances of all accounts at the end of a day: months before it, and lines of its month."""
    accounts = Account.objects.of(cooperative).order_by("code", "id")
    return TrialBalance(on, _balances(cooperative, accounts, on))


def balance_of(account: Account, on: date) -> AccountBalance:
    """One account at the end of a day."""
    return _balances(account.cooperative_id, [account], on)[0]


def balances(cooperative: Cooperative, codes: Iterable[str], on: date) -> dict[str, int]:
    """Balances by code at the end of a day, each on its account's usual side, whole rupiah."""
    accounts = Account.objects.of(cooperative).filter(code__in=list(codes)).order_by("code", "id")
    return {row.account.code: row.balance_idr for row in _balances(cooperative, accounts, on)}


def balance_of_all_time(cooperative: Cooperative, code: str) -> int:
    """The balance of an account over all its journals, on its usual side, in rupiah."""
    return balances(cooperative, [code], date.max)[code]


class DayEnd(NamedTuple):
    """What an account held when a day ended, on its debit side, whole rupiah."""

    on: date
    held_idr: int


def lowest(
    cooperative: Cooperative, code: str, *, since: date = date.min, until: date = date.max
) -> DayEnd | None:
    """The day's end between two days at which an account held least; of equals, the first.

    :return: None where nothing is dated between them
    """
    # Looked up once; from a join the database may look up the account of each line.
    of_account = Q(account=Account.objects.of(cooperative).filter(code=code).values("id")[:1])
    moved = Coalesce(Sum(F("debit_idr") - F("credit_idr")), 0)
    months = Balance.objects.of(cooperative).filter(of_account, month__lt=month_of(since))
    held_idr = int(months.aggregate(held=moved)["held"])
    lines = Line.objects.of(cooperative).filter(
        of_account, date__gte=month_of(since), date__lte=until
    )
    ends = []
    for row in lines.order_by("date").values("date").annotate(moved_idr=moved):
        held_idr += row["moved_idr"]
        if row["date"] >= since:
            ends.append(DayEnd(row["date"], held_idr))
    return min(ends, key=lambda end: end.held_idr, default=None)


def below_zero(cooperative: Cooperative, until: date = date.max) -> list[tuple[Account, DayEnd]]:
    """Cash accounts that held less than nothing at the end of a day, with the worst of them."""
    accounts = Account.objects.of(cooperative).filter(code__in=CASH_CODES).order_by("code", "id")
    found = ((account, lowest(cooperative, account.code, until=until)) for account in accounts)
    return [(account, end) for account, end in found if end and end.held_idr < 0]


def party_balance(
    cooperative: Cooperative, code: str, party_id: UUID, *, after: Journal | None = None
) -> int:
    """What stands on an account for one party, on its usual side, whole rupiah.

    :param after: as it stood once this was posted; None as it stands now
    """
    account = Account.objects.of(cooperative).get(code=code)
    moved = _moved_idr(cooperative, code, party_id, after)
    return moved if account.debit_increases else -moved


def _moved_idr(cooperative: Cooperative, code: str, party_id: UUID, after: Journal | None) -> int:
    """Debits less credits of one party on an account, whole rupiah."""
    lines = Line.objects.of(cooperative).filter(account__code=code, party_id=party_id)
    if after is not None:
        lines = lines.filter(journal__number__lte=after.number)
    sums = lines.aggregate(
        debits=Coalesce(Sum("debit_idr"), 0), credits=Coalesce(Sum("credit_idr"), 0)
    )
    return int(sums["debits"] - sums["credits"])


def purchases_owed_idr(
    cooperative: Cooperative, party_id: UUID, *, after: Journal | None = None
) -> int:
    """What a member owes on purchases; below zero, what the shop owes the member.

    :param after: as in :func:`party_balance`
    """
    # What members owe is an asset: debits are more of it.
    return _moved_idr(cooperative, Code.MEMBER_CREDIT, party_id, after)


def _balances(
    cooperative: Cooperative | UUID, accounts: Iterable[Account], on: date
) -> list[AccountBalance]:
    """Three statements at most, and no lines at all on the last day of a month."""
    accounts = list(accounts)
    whole = Q(month__lt=month_of(on))
    parts = []
    if on == month_end(on):
        whole = Q(month__lte=on)
    else:
        lines = Line.objects.of(cooperative).filter(date__gte=month_of(on), date__lte=on)
        parts.append(_sums(lines, accounts))
    parts.append(_sums(Balance.objects.of(cooperative).filter(whole), accounts))
    return [
        AccountBalance(
            account,
            sum(part.get(account.pk, (0, 0))[0] for part in parts),
            sum(part.get(account.pk, (0, 0))[1] for part in parts),
        )
        for account in accounts
    ]


def _sums(
    rows: QuerySet[Line] | QuerySet[Balance], accounts: list[Account]
) -> dict[UUID, tuple[int, int]]:
    rows = rows.filter(account__in=[account.pk for account in accounts])
    summed = rows.order_by().values("account_id").annotate(Sum("debit_idr"), Sum("credit_idr"))
    return {row["account_id"]: (row["debit_idr__sum"], row["credit_idr__sum"]) for row in summed}


def journals(cooperative: Cooperative) -> QuerySet[Journal]:
    """Journals, the latest day first; each with ``is_reversed``."""
    theirs = Journal.objects.of(cooperative)
    return theirs.annotate(is_reversed=has_reversal(cooperative)).order_by("-date", "-number")


def has_reversal(cooperative: Cooperative) -> Exists:
    return Exists(Journal.objects.of(cooperative).filter(reverses=OuterRef("pk")))


def reversal_of(journal: Journal) -> Journal | None:
    """The journal that undid this one, if any did."""
    return Journal.objects.of(journal.cooperative_id).filter(reverses=journal).first()


def lines_of(journal: Journal) -> QuerySet[Line]:
    """A journal's lines in their order, with account, party and unit."""
    return (
        Line.objects.of(journal.cooperative_id)
        .filter(journal=journal)
        .select_related("account", "party", "unit")
        .order_by("position")
    )


def lines_in(cooperative: Cooperative, journals: QuerySet[Journal]) -> QuerySet[Line]:
    """The lines of some journals, the latest day first as these are, each journal in its order."""
    return (
        Line.objects.of(cooperative)
        .filter(journal__in=journals.order_by().values("pk"))
        .select_related("journal", "account", "party", "unit")
        .order_by("-date", "-journal__number", "position")
    )


@dataclass(frozen=True, slots=True)
class Moves:
    """What some lines debit and credit to one account, whole rupiah."""

    account: Account
    debit_idr: int
    credit_idr: int


def moves(cooperative: Cooperative, lines: QuerySet[Line]) -> list[Moves]:
    """Lines added up by account, in the order of the accounts' codes."""
    accounts = list(Account.objects.of(cooperative).order_by("code", "id"))
    sums = _sums(lines.order_by(), accounts)
    return [Moves(account, *sums[account.pk]) for account in accounts if account.pk in sums]


class Moved(TypedDict):
    """What the lines of a ledger come to by and by, debits less credits."""

    moved_idr: int


@dataclass(frozen=True, slots=True)
class AccountLedger:
    """One account between two days, both included."""

    account: Account
    since: date
    until: date
    before: AccountBalance
    #: In order of day and number; each line's ``moved_idr`` is debits less credits since the start.
    lines: "QuerySet[WithAnnotations[Line, Moved]]"

    def running_idr(self, line: "WithAnnotations[Line, Moved]") -> int:
        """The balance after a line, on the account's usual side."""
        moved = line.moved_idr if self.account.debit_increases else -line.moved_idr
        return self.before.balance_idr + moved


def account_ledger(account: Account, since: date, until: date) -> AccountLedger:
    """The lines of one account with what stood on it before them."""
    lines = (
        Line.objects.of(account.cooperative_id)
        .filter(account=account, date__gte=since, date__lte=until)
        .select_related("journal", "party", "unit")
        .annotate(
            moved_idr=Window(
                Sum(F("debit_idr") - F("credit_idr")),
                order_by=("date", "journal__number", "position"),
            )
        )
        .order_by("date", "journal__number", "position")
    )
    return AccountLedger(account, since, until, balance_of(account, _day_before(since)), lines)


def lines_between(account: Account, since: date, until: date) -> QuerySet[Line]:
    """The lines of one account, in no order; see :func:`running` for what stood after each."""
    return (
        Line.objects.of(account.cooperative_id)
        .filter(account=account, date__gte=since, date__lte=until)
        .select_related("journal", "party", "unit")
    )


#: The order of an account's lines.
IN_LEDGER = ("date", "journal__number", "position")


def running(account: Account, lines: Sequence[Line]) -> list[int]:
    """The balance after each of some lines that follow each other, on the account's usual side.

    Read from what stood before the first one's day and from that day, however many came before.
    """
    if not lines:
        return []
    first, sign = lines[0], 1 if account.debit_increases else -1
    earlier = Q(journal__number__lt=first.journal.number) | Q(
        journal=first.journal_id, position__lt=first.position
    )
    that_day = Line.objects.of(account.cooperative_id).filter(account=account, date=first.date)
    moved = that_day.filter(earlier).aggregate(
        idr=Coalesce(Sum(F("debit_idr") - F("credit_idr")), 0)
    )
    held_idr = balance_of(account, _day_before(first.date)).balance_idr + sign * moved["idr"]
    found = []
    for line in lines:
        held_idr += sign * (line.debit_idr - line.credit_idr)
        found.append(held_idr)
    return found


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
