"""Every act that posts can be undone, and the journal's page leads to where.

Each kind of journal is made by its own service; its page names an address that answers whoever
may, and the act that it offers is done there.
"""

import ast
from collections.abc import Callable, Iterator
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

import finance
import kkmp
import members
import shops
from finance.ledger import checks, kinds
from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from finance.models import Journal
from finance.opening.services import opening
from kkmp.access.models import User
from kkmp.access.permissions import PERMISSIONS, Role
from kkmp.lib.ids import new_id
from kkmp.lib.periods import add_months, month_of
from kkmp.registry.models import Cooperative
from members.dues.services import collections
from members.leaving.services import kept
from members.models import CollectionSource, SavingsKind, SavingsRole
from members.savings.services import returns, savings
from shops.credit.services import credits
from shops.credit.services import ways_back as credit_back
from shops.drawers.services import corrections as drawer_corrections
from shops.drawers.services import movements, shifts
from shops.models import CashReason, Method, Sale, StockMovement
from shops.settling.services import confirming
from shops.till.services import sales
from shops.vouchers.services import vouchers
from tests.conftest import MONDAY
from tests.guards.keyed.acts import MORNING, TUESDAY, House
from tests.shops import conftest as shop

#: Functions that post, and the kinds of journals that they post.
POSTERS = {
    "finance.opening.services.opening.record": {"opening.cash"},
    "members.dues.services.collections._journals": {"savings.collection", "savings.bills"},
    "members.leaving.services.exits._post": {"savings.exit"},
    "members.leaving.services.kept.keep_credit": {"kept"},
    "members.leaving.services.kept.pay": {"kept.paid"},
    "members.leaving.services.payouts.pay_now": {"savings.refund"},
    # Reversals of an original of several people.
    "members.savings.services.corrections._reversal": set(),
    "members.savings.services.corrections._reverse_return": set(),
    "members.savings.services.returns._post": {"savings.return"},
    "members.savings.services.savings.deposit": {"savings.deposit", "savings.opening"},
    "members.savings.services.savings.withdraw": {"savings.withdrawal"},
    "members.takeover.services.bills._post": {"savings.bills"},
    "members.takeover.services.opening._journals": {"savings.opening"},
    "shops.credit.services.credits._post": {"credit.payment"},
    "shops.credit.services.ways_back.pay_out": {"credit.payout"},
    "shops.credit.services.ways_back.undo": set(),
    "shops.drawers.services.corrections.correct_count": {"shift.count"},
    "shops.drawers.services.corrections.undo": set(),
    "shops.drawers.services.shifts.post": {"shift"},
    "shops.returns.services.postings.post": {"sale.return"},
    "shops.settling.services.confirming._move": {"payment.missing", "payment.found"},
    "shops.settling.services.settlements._post": {"payment.settle"},
    "shops.stock.services.corrections.correct_opening": {"opening.stock"},
    "shops.stock.services.stock.take_opening": {"opening.stock"},
    "shops.till.services.postings._journal": {"sale"},
    "shops.vouchers.services.vouchers._post": {"voucher.issue", "voucher.paid", "voucher.end"},
}


def _deposit(house: House) -> Journal:
    return house.deposit(house.ani, 50_000).journal


def _withdrawal(house: House) -> Journal:
    house.deposit(house.ani, 50_000)
    entry = savings.withdraw(
        member=house.ani,
        kind=house.voluntary,
        amount_idr=20_000,
        key=new_id(),
        on=MONDAY,
        by=house.tono,
    )
    return entry.journal


def _opening(house: House) -> Journal:
    entry = savings.deposit(
        member=house.ani,
        kind=house.voluntary,
        amount_idr=50_000,
        key=new_id(),
        on=MONDAY,
        by=house.tono,
        into=Code.OPENING_CLEARING,
    )
    return entry.journal


def _collected(source: CollectionSource, into: Code) -> Callable[[House], Journal]:
    def make(house: House) -> Journal:
        mandatory = house.kind(SavingsRole.MANDATORY)
        made = collections.collect(
            cooperative=house.cooperative,
            payments=[collections.Payment(who, mandatory, 10_000) for who in people(house)],
            title="Rapat RW 03",
            key=new_id(),
            on=MONDAY,
            by=house.tono,
            source=source,
            into=into,
        )
        return ledger_of(house, ledger.derived_key(made.key, "collection 1"))

    return make


def _return(house: House) -> Journal:
    for who in people(house):
        house.deposit(who, 1_200_000, on=add_months(month_of(MONDAY), -2))
    rows = SavingsKind.objects.of(house.cooperative).filter(id=house.voluntary.id)
    rows.update(return_percent=Decimal(6))
    month, after = month_of(MONDAY), add_months(month_of(MONDAY), 1)
    found = returns.due(house.cooperative, month)
    assert len(found) == 2
    run = returns.credit(
        cooperative=house.cooperative,
        month=month,
        shown=returns.content(found),
        key=new_id(),
        on=after,
        by=house.tono,
    )
    return ledger_of(house, ledger.derived_key(run.key, "return 0"))


def _kept_paid(house: House) -> Journal:
    paid = kept.pay(
        kept=house.kept(house.ani), paid_to="Tuti", key=new_id(), on=MONDAY, by=house.tono
    )
    return of(paid.payment)


def _sold(house: House) -> Journal:
    # Money goes back out of the drawer of whoever takes the goods.
    house.shift(house.budi)
    return of(house.sold().journal)


def _sold_back(house: House) -> Journal:
    returned = shop.returned(house.sold(), house.shift(house.sari), house.budi)
    return of(returned.journal)


def _float(house: House) -> Journal:
    return of(house.shift(house.sari).opening)


def _closing(house: House) -> Journal:
    return of(closed(house).closing)


def _moved(house: House) -> Journal:
    moved = movements.move_cash(
        shift=house.shift(house.sari),
        reason=CashReason.EXPENSE,
        amount_idr=5_000,
        note="Es batu",
        key=new_id(),
        at=MORNING,
        by=house.sari,
    )
    return moved.journal


def _recounted(house: House) -> Journal:
    made = drawer_corrections.correct_count(
        shift=closed(house),
        counted_idr=48_000,
        reason="Terselip",
        key=new_id(),
        at=MORNING,
        by=house.tono,
    )
    return made.journal


def _missing(house: House) -> Journal:
    return missed(house, house.qris().id)


def _found(house: House) -> Journal:
    payment = house.qris().id
    missed(house, payment)
    ids, where = [payment], house.cooperative
    confirming.confirm(cooperative=where, ids=ids, on=MONDAY, by=house.tono)
    return last(house, "payment.found")


def _credit_paid(method: Method) -> Callable[[House], Journal]:
    def make(house: House) -> Journal:
        on_credit(house)
        return credits.pay(
            member=house.ani,
            method=method,
            amount_idr=10_000,
            key=new_id(),
            at=MORNING,
            by=house.tono,
            into_cash_box=True,
        ).journal

    return make


def _credit_paid_out(house: House) -> Journal:
    sale = on_credit(house)
    credits.pay(
        member=house.ani,
        method=Method.CASH,
        amount_idr=34_600,
        key=new_id(),
        at=MORNING,
        by=house.tono,
        into_cash_box=True,
    )
    shop.returned(sale, house.shift(house.sari), house.budi)
    made = credit_back.pay_out(
        member=house.ani,
        method=Method.CASH,
        amount_idr=34_600,
        key=new_id(),
        at=MORNING,
        by=house.tono,
    )
    return made.journal


def _voucher_paid(house: House) -> Journal:
    return vouchers.receive(
        batch=house.batch(),
        method=Method.CASH,
        amount_idr=60_000,
        key=new_id(),
        on=MONDAY,
        by=house.tono,
    )


def _voucher_ended(house: House) -> Journal:
    batch, day = house.batch(valid_until=MONDAY), TUESDAY
    return vouchers.end(batch=batch, key=new_id(), on=day, by=house.tono)


def _opening_stock(house: House) -> Journal:
    rows = StockMovement.objects.of(house.cooperative).filter(product=house.gula)
    return rows.select_related("journal").get().journal


def _opening_cash(house: House) -> Journal:
    return opening.record(
        cooperative=house.cooperative,
        cash_idr=100_000,
        bank_idr=0,
        key=new_id(),
        on=MONDAY,
        by=house.tono,
    )


#: One journal of each kind, or several where what puts it right differs.
MADE: dict[str, dict[str, Callable[[House], Journal]]] = {
    "opening.cash": {"": _opening_cash},
    "manual": {"": lambda house: house.journal()},
    "savings.deposit": {"": _deposit},
    "savings.withdrawal": {"": _withdrawal},
    "savings.return": {"of two": _return},
    "savings.collection": {"of two": _collected(CollectionSource.MEETING, Code.CASH)},
    "savings.opening": {"": _opening},
    "savings.bills": {"of two": _collected(CollectionSource.BILLS, Code.OPENING_CLEARING)},
    "savings.exit": {"": lambda house: of(house.left(house.ani).journal)},
    "savings.refund": {"": lambda house: of(house.paid_out(house.ani).payment)},
    "kept": {"": lambda house: house.kept(house.ani).journal},
    "kept.paid": {"": _kept_paid},
    "sale": {"": _sold},
    "sale.return": {"": _sold_back},
    "shift": {"float": _float, "closing": _closing, "movement": _moved},
    "shift.count": {"": _recounted},
    "payment.settle": {"": lambda house: house.settled().journal},
    "payment.missing": {"": _missing},
    "payment.found": {"": _found},
    "credit.payment": {
        "cash": _credit_paid(Method.CASH),
        "transfer": _credit_paid(Method.TRANSFER),
    },
    "credit.payout": {"": _credit_paid_out},
    "voucher.issue": {"": lambda house: house.batch().journal},
    "voucher.paid": {"": _voucher_paid},
    "voucher.end": {"": _voucher_ended},
    "opening.stock": {"": _opening_stock},
}

#: What stands on the page instead of a form that undoes it: the address of the act, or its words.
OFFERED = {
    "savings.collection": "/koreksi/",
    "savings.bills": "/koreksi/",
    "savings.return": "/koreksi/",
    "savings.exit": "/terima-kembali/",
    "sale": "back-lines",
    "sale.return": "data-till",
    "opening.stock": "/stok-awal/",
    "shift float": "denomination",
    "payment.missing": "/pembayaran/masuk/",
}
#: What is typed to undo it, where it is more than a reason.
TYPED = {
    "kept": {"paid_to": "Tuti"},
    "shift closing": {"counted_idr": "45.000"},
    "shift.count": {"counted_idr": "47.000"},
}


@pytest.fixture
def house(in_melati: Cooperative, sari: User, tono: User, rini: User, budi: User) -> House:
    return House(in_melati, sari=sari, tono=tono, rini=rini, budi=budi)


def cases() -> Iterator[Any]:
    for kind, ways in MADE.items():
        for name in ways:
            yield pytest.param(kind, name, id=f"{kind} {name}".strip())


def test_whatever_posts_is_walked_here():
    assert set(_posters()) == POSTERS.keys(), "say here what it posts"
    posted = set().union(*POSTERS.values())
    # Nothing posts an entry by hand yet; programs of before the books may have.
    assert posted | {"manual"} == set(kinds.registered())
    assert set(MADE) == set(kinds.registered()), "make one of it, and say what its page offers"


def test_a_kind_that_nobody_can_put_right_is_not_posted(in_melati):
    entries = [ledger.debit(Code.CASH, 1_000), ledger.credit(Code.OTHER_INCOME, 1_000)]
    with pytest.raises(Exception, match="put right"):
        ledger.post(
            cooperative=in_melati,
            kind="unheard.of",
            memo="Rekaan",
            entries=entries,
            key=new_id(),
            on=MONDAY,
            by=None,
        )


@pytest.mark.parametrize(("kind", "name"), list(cases()))
def test_a_journal_leads_to_the_page_that_puts_it_right(kind, name, house, client_of):
    journal = MADE[kind][name](house)
    assert journal.kind == kind
    browser = client_of(house.budi)
    url = _way(browser, journal)
    page = browser.get(url, follow=True)
    assert page.status_code == 200, url
    place = kinds.place_to_correct(journal)
    if place is not None:
        assert any(place.permission in PERMISSIONS[role] for role in Role)
    offered = OFFERED.get(f"{kind} {name}".strip()) or OFFERED.get(kind)
    if offered:
        assert offered in page.content.decode()
        return
    answer = browser.post(url, _filled(page) | TYPED.get(f"{kind} {name}".strip(), {}))
    assert answer.status_code == 302, page.content.decode()
    after = Journal.objects.of(house.cooperative).order_by("number").last()
    assert after is not None
    assert after.number > journal.number
    # What the test's own entries posted to savings' and credit's accounts has no act behind it.
    assert [found for found in checks.differences(house.cooperative) if "Ani" not in found] == []


def _way(browser: Client, journal: Journal) -> str:
    """The address by which the journal's page leads to its correction."""
    code = journal.cooperative.code
    page = browser.get(reverse("finance:journal", args=[code, journal.id]))
    assert page.status_code == 200
    place = page.context["place"]
    url = place.url if place else reverse("finance:reverse_journal", args=[code, journal.id])
    links = _Links()
    links.feed(page.content.decode())
    assert url in links.found, "the page of the journal leads there"
    return str(url)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found |= {value for name, value in attrs if name == "href" and value}


class _Inputs(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and (given.get("type") != "radio" or "checked" in given):
            self.found[given.get("name") or ""] = given.get("value") or ""


def _filled(page: Any) -> dict[str, Any]:
    """The form of a page as it came, with a reason."""
    fields, inputs = set(page.context["form"].fields), _Inputs()
    inputs.feed(page.content.decode())
    given = {name: value for name, value in inputs.found.items() if name in fields}
    return given | dict.fromkeys(fields & {"reason", "note"}, "Salah catat")


def _posters() -> Iterator[str]:
    """Functions of the services that call what writes the books."""
    for root in (finance, kkmp, members, shops):
        folder = Path(root.__path__[0])
        for path in folder.rglob("*.py"):
            module = ".".join([root.__name__, *path.relative_to(folder).with_suffix("").parts])
            if not module.startswith(("kkmp.demo", "kkmp.bench")):
                yield from _posting(module, ast.parse(path.read_text()))


def _posting(module: str, tree: ast.Module) -> Iterator[str]:
    for function in tree.body:
        if isinstance(function, ast.FunctionDef):
            calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
            if any(ast.unparse(call.func) in _WRITES for call in calls):
                yield f"{module}.{function.name}"


_WRITES = {"ledger.post", "ledger.prepared", "books.post"}


def people(house: House) -> list[Any]:
    return [house.ani, house.dian]


def of(journal: Journal | None) -> Journal:
    assert journal is not None
    return journal


def ledger_of(house: House, key: UUID) -> Journal:
    return Journal.objects.of(house.cooperative).get(key=key)


def last(house: House, kind: str) -> Journal:
    return of(Journal.objects.of(house.cooperative).filter(kind=kind).order_by("number").last())


def closed(house: House) -> Any:
    return shifts.close(
        shift=house.shift(house.sari),
        counted=shifts.Counted({50_000: 1}),
        note="",
        key=new_id(),
        at=MORNING,
        by=house.sari,
    )


def missed(house: House, payment: UUID) -> Journal:
    where, by = house.cooperative, house.tono
    confirming.record_missing(cooperative=where, id=payment, note="Ditanya", on=MONDAY, by=by)
    return last(house, "payment.missing")


def on_credit(house: House) -> Sale:
    credits.set_terms(member=house.ani, limit_idr=500_000, due_days=30, version=0, by=house.tono)
    paid = [sales.Tender(Method.CREDIT, 34_600)]
    return house.sold(member=house.ani, payments=paid)
