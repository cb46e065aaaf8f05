"""PostgreSQL's own log holds nobody's data, whatever is refused."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from kkmp.access.models import User
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.models import Application, Member
from members.register.persons import nik_hash
from members.register.services import membership
from members.register.services.membership import Particulars
from members.takeover.services import opening
from members.takeover.services.opening_rules import Opening
from tests.at_once import at_once
from tests.conftest import MONDAY
from tests.members.conftest import NIKS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.raw_statements]

NAME = "Wulandari Tersembunyi (rekaan)"
PHONE = "+628000012345"


@pytest.fixture
def logged():
    """What the server writes into its log from now on."""
    log = Path(settings.VAR_DIR).parent / "test-postgres" / "server.log"
    if not log.exists():
        pytest.skip("the server is not ours, so its log is elsewhere")
    begun = log.stat().st_size
    return lambda: log.read_text("utf-8", errors="replace")[begun:]


def told_of(text: str, melati: Cooperative) -> list[str]:
    secrets = (NAME, PHONE, NIKS[0].digits, nik_hash(melati.pk, NIKS[0].digits).hex())
    return [secret for secret in secrets if secret in text]


def test_expected_races_leave_no_line(melati: Cooperative, rini: User, logged: Any) -> None:
    """Two at once with one NIK or one key, as clerks, forms and lists send them."""

    def register(key=None):
        return membership.register(
            cooperative=melati,
            particulars=Particulars(name=NAME, nik=NIKS[0], phone=PHONE),
            on=MONDAY,
            by=rini,
            key=key,
        )

    def take_over():
        person = Opening(
            particulars=Particulars(name=NAME, nik=NIKS[0], phone=PHONE),
            status="applied", since=MONDAY, principal_idr=0,
        )  # fmt: skip
        return opening.take_over(
            cooperative=melati, people=[person], key=new_id(), on=MONDAY, by=rini
        )

    key = uuid4()
    answers = at_once(melati, *[register] * 2, *[lambda: register(key)] * 2, *[take_over] * 2)
    with scope.cooperative(melati.pk):
        assert Member.objects.of(melati).filter(name=NAME).count() == 1
    assert any(isinstance(one, membership.RegistrationRefused) for one in answers)
    assert "duplicate key" not in logged()
    assert told_of(logged(), melati) == []


@pytest.mark.parametrize("broken", ["a unique index", "a check", "a key", "a function"])
def test_what_is_refused_unexpectedly_is_told_without_its_row(
    melati: Cooperative, rini: User, logged: Any, broken: str
) -> None:
    def write() -> None:
        with scope.cooperative(melati.pk), transaction.atomic():
            told = {"cooperative": melati, "name": NAME, "phone": PHONE}
            if broken == "a unique index":
                one = Application(**told, key=uuid4(), submitted_at="2026-11-30T00:00Z")
                one.save()
                Application(**told, key=one.key, submitted_at="2026-11-30T00:00Z").save()
            elif broken == "a check":
                Member.objects.create(**told, status="nothing", applied_on=MONDAY)
            elif broken == "a key":
                Application.objects.create(
                    **told, key=uuid4(), submitted_at="2026-11-30T00:00Z", member_id=uuid4()
                )
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            else:
                with connection.cursor() as cursor:
                    cursor.execute(
                        "SELECT finance_post(%s, %s)", [melati.pk, json.dumps({"memo": NAME})]
                    )

    with pytest.raises(DatabaseError):
        write()
    assert "ERROR" in logged()
    assert told_of(logged(), melati) == []
