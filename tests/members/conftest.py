"""People on Melati's register, all invented, and the small steps of their stories."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from kkmp.access.models import User
from kkmp.lib.identity import Nik
from kkmp.registry.models import Cooperative
from members.leaving.services import exits
from members.leaving.services.exits import Decision
from members.models import Exit, ExitReason, Member, SavingsEntry, SavingsKind, Status
from members.register.services import membership
from members.register.services.membership import Particulars
from members.savings.services import savings
from tests.conftest import MONDAY

#: Women born on 12 March 1990, first registered in Banyumanik.
NIKS = [Nik(f"337411520390{serial:04d}") for serial in range(1, 10)]


@pytest.fixture
def principal(in_melati: Cooperative) -> SavingsKind:
    return SavingsKind.objects.of(in_melati).get(code="pokok")


@pytest.fixture
def mandatory(in_melati: Cooperative) -> SavingsKind:
    return SavingsKind.objects.of(in_melati).get(code="wajib")


@pytest.fixture
def voluntary(in_melati: Cooperative) -> SavingsKind:
    return SavingsKind.objects.of(in_melati).get(code="sukarela")


@pytest.fixture
def enrol(in_melati: Cooperative, rini: User) -> Callable[..., Member]:
    """Put somebody on the register; particulars as keywords."""

    def register(
        name: str = "Wulan (rekaan)",
        *,
        status: Status = Status.APPLIED,
        on: date = MONDAY,
        **particulars: Any,
    ) -> Member:
        return membership.register(
            cooperative=in_melati,
            particulars=Particulars(name=name, **particulars),
            status=status,
            on=on,
            by=rini,
        )

    return register


@pytest.fixture
def wulan(enrol: Callable[..., Member]) -> Member:
    """She has applied, with her identity number, and paid nothing."""
    return enrol("Wulan (rekaan)", nik=NIKS[0], rw="003", phone="+6281200000001")


@pytest.fixture
def pay(tono: User) -> Callable[..., SavingsEntry]:
    """Take a deposit."""

    def deposit(member: Member, kind: SavingsKind, amount_idr: int, **options: Any) -> SavingsEntry:
        options = {"key": uuid4(), "on": MONDAY, "by": tono} | options
        return savings.deposit(member=member, kind=kind, amount_idr=amount_idr, **options)

    return deposit


@pytest.fixture
def take(tono: User) -> Callable[..., SavingsEntry]:
    """Pay a withdrawal."""

    def withdraw(
        member: Member, kind: SavingsKind, amount_idr: int, **options: Any
    ) -> SavingsEntry:
        options = {"key": uuid4(), "on": MONDAY, "by": tono} | options
        return savings.withdraw(member=member, kind=kind, amount_idr=amount_idr, **options)

    return withdraw


@pytest.fixture
def correct(tono: User) -> Callable[..., SavingsEntry]:
    """Reverse an entry."""

    def reverse(entry: SavingsEntry, **options: Any) -> SavingsEntry:
        options = {"key": uuid4(), "on": MONDAY, "by": tono, "reason": "salah ketik"} | options
        return savings.reverse_entry(entry=entry, **options)

    return reverse


@pytest.fixture
def ayu(
    enrol: Callable[..., Member], pay: Callable[..., SavingsEntry], principal: SavingsKind
) -> Member:
    """An active member who has paid the principal and nothing else."""
    member = enrol("Ayu (rekaan)", nik=NIKS[1], rw="001", phone="+6281200000002")
    return pay(member, principal, 100_000).member


@pytest.fixture
def ask(rini: User) -> Callable[..., Exit]:
    """Record that somebody leaves."""

    def request(member: Member, reason: ExitReason = ExitReason.RESIGNED, **options: Any) -> Exit:
        options = {"key": uuid4(), "on": MONDAY, "by": rini} | options
        return exits.request(member=member, reason=reason, **options)

    return request


@pytest.fixture
def decide(budi: User) -> Callable[..., Exit]:
    """Decide on it; paid at once unless ``pay_on`` says when."""

    def decided(exit: Exit, pay_on: date | None = None, **options: Any) -> Exit:
        number = options.pop("number", "12/BA/2026")
        decision = Decision(number, options.pop("decided_on", MONDAY), pay_on)
        options = {"key": uuid4(), "on": MONDAY, "by": budi} | options
        return exits.decide(exit=exit, decision=decision, **options)

    return decided


@pytest.fixture
def rich(
    ayu: Member, mandatory: SavingsKind, voluntary: SavingsKind, pay: Callable[..., SavingsEntry]
) -> Member:
    """Ayu with 100,000 principal, 30,000 mandatory and 45,000 voluntary savings."""
    pay(ayu, mandatory, 30_000)
    pay(ayu, voluntary, 45_000)
    return ayu
