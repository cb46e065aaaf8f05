"""Every act that takes a key happens once, and other content under its key is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction

from kkmp.access.models import User
from kkmp.lib.idempotency import KeyReused
from kkmp.lib.ids import new_id
from kkmp.registry.models import Cooperative
from kkmp.registry.tenancy import TenantModel
from tests.cases import Cases
from tests.guards import keyed


@pytest.fixture
def house(in_melati: Cooperative, sari: User, tono: User, rini: User, budi: User) -> Any:
    return lambda: keyed.House(in_melati, sari=sari, tono=tono, rini=rini, budi=budi)


def test_every_service_with_a_key_has_an_entry():
    found = {keyed.name_of(service) for service in keyed.services()}
    acts = {keyed.name_of(service) for service in keyed.ACTS}
    assert acts.isdisjoint(keyed.STEPS)
    assert found == acts | keyed.STEPS.keys()


def test_every_act_happens_once(house, in_melati, case):
    for service, make in keyed.ACTS.items():
        with case(f"{keyed.name_of(service)}: for the first time"), _undone():
            _judge(case, service, make(house()), in_melati)


def _judge(
    case: Cases, service: Callable[..., Any], call: keyed.KeyedCall, at: Cooperative
) -> None:
    name, key = keyed.name_of(service), new_id()
    with case(f"{name}: every parameter is content, or it stands there why not"):
        told = {"key", "cooperative", "request.key", *call.content, *call.besides}
        assert set(keyed.paths(service)) <= told
        assert call.besides.keys() <= keyed.REASONS.keys()
    first = _do(service, call.ask, key)
    written = _everything(at)
    for path, value in {"": None, **call.besides}.items():
        with case(f"{name}: {path or 'all'} again"):
            ask = keyed.changed(call.ask, path, value) if path else call.ask
            again = _do(service, ask, key)
            assert again == first
            assert getattr(again, "is_repeat", True)
            assert _everything(at) == written
    for path, value in call.content.items():
        with case(f"{name}: other {path}"):
            with pytest.raises(KeyReused):
                _do(service, keyed.changed(call.ask, path, value), key)
            assert _everything(at) == written


def _do(service: Callable[..., Any], ask: dict[str, Any], key: Any) -> Any:
    path = "request.key" if "request.key" in keyed.paths(service) else "key"
    with transaction.atomic():
        return service(**keyed.changed(ask, path, key))


def _everything(cooperative: Cooperative) -> list[tuple[str, int, int]]:
    """How many rows each table has of a cooperative, and the sum of what is in them."""
    tables = sorted(
        model._meta.db_table for model in apps.get_models() if issubclass(model, TenantModel)
    )
    rows = " UNION ALL ".join(
        f"SELECT '{table}', count(*), sum(hashtextextended(row::text, 0))"
        f" FROM {table} row WHERE row.cooperative_id = '{cooperative.pk}'"
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(rows)
        return sorted(cursor.fetchall())


class _undone(transaction.Atomic):
    """What is done in here is taken back at the end."""

    def __init__(self) -> None:
        super().__init__(using=None, savepoint=True, durable=False)

    def __exit__(self, *error: Any) -> None:
        transaction.set_rollback(True)
        super().__exit__(*error)
