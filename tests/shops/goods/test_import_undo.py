"""A sale to somebody stands in the way of undoing the list that brought them."""

from datetime import UTC, datetime

import pytest

from kkmp.imports.services import batches, undo
from kkmp.registry import scope
from members.models import Member
from members.takeover.kind import MemberList
from tests.conftest import MONDAY
from tests.imports.conftest import MEMBER_TITLES, listed, xlsx


def test_who_has_bought_something_stays(shop, sari, rini, melati):
    now = datetime(2026, 11, 23, 3, tzinfo=UTC)
    with scope.cooperative(melati.pk):
        batch = batches.upload(
            cooperative=melati, kind=MemberList(), content=xlsx(MEMBER_TITLES, listed(1, "Siti")),
            filename="daftar.xlsx", on=MONDAY, at=now, by=rini,
        )  # fmt: skip
        batch = batches.run(batch=batch, kind=MemberList(), at=now, by=rini)
        siti = Member.objects.of(melati).get(name="Siti")
    shop.sell(sari, (shop.gula, "1"), member=siti)
    with scope.cooperative(melati.pk), pytest.raises(undo.UndoBlocked, match=r"Siti.*Sale"):
        undo.undo(batch=batch, kind=MemberList(), reason="salah", on=MONDAY, at=now, by=rini)
