"""Who is on a register somewhere in the regency: keyed hashes of identity numbers, held apart.

The hash is the same in every cooperative of a regency, so its table is no tenant's and the
application may not read it. It calls functions of the database's owner, which mark and clear for
the cooperative that the transaction serves and answer with counts: that somebody is registered
elsewhere too, never where, and never who.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from kkmp.lib.identity import Nik
from kkmp.lib.seal import keyed_hash
from kkmp.registry.models import Cooperative, Regency


@dataclass(frozen=True, slots=True)
class Count:
    """:param cooperatives: those whose registers are counted over"""

    in_several: int
    cooperatives: int


def mark_of(cooperative: Cooperative, nik: Nik) -> bytes:
    """The hash that an identity number has in the cooperative's regency."""
    return keyed_hash("nik.city", regency_code(cooperative), nik.digits)


def regency_code(cooperative: Cooperative) -> str:
    """A kelurahan's code is ``province.regency.kecamatan.kelurahan``."""
    return ".".join(cooperative.kelurahan_id.split(".")[:2])


def keep(*, cooperative: Cooperative, niks: Iterable[Nik]) -> None:
    """Mark people as on the register of the cooperative being served; one statement."""
    if marks := _marks(cooperative, niks):
        _call("SELECT registry_identity_keep(%s)", marks)


def clear(*, cooperative: Cooperative, niks: Iterable[Nik]) -> None:
    """Take the marks of people away who are not on its register any more; one statement."""
    if marks := _marks(cooperative, niks):
        _call("SELECT registry_identity_clear(%s)", marks)


def replace(*, keeping: Iterable[bytes], clearing: Iterable[bytes]) -> None:
    """Put right what a comparison with the register has found."""
    _call("SELECT registry_identity_keep(%s)", sorted(keeping))
    _call("SELECT registry_identity_clear(%s)", sorted(clearing))


def elsewhere(*, cooperative: Cooperative, niks: Iterable[Nik]) -> frozenset[Nik]:
    """The people of a list whom another cooperative of the regency has too; one statement."""
    marks = {mark_of(cooperative, nik): nik for nik in niks}
    if not marks:
        return frozenset()
    rows = _call("SELECT hash FROM registry_identity_elsewhere(%s)", list(marks))
    return frozenset(marks[bytes(row[0])] for row in rows)


def own() -> set[bytes]:
    """Every mark of the cooperative being served, to be compared with its register."""
    return {bytes(row[0]) for row in _call("SELECT registry_identity_own()")}


def count(regency: Regency) -> Count:
    """People on more than one register of a regency; within the city's scope only."""
    statement = "SELECT in_several, cooperatives FROM registry_identity_count(%s)"
    ((in_several, cooperatives),) = _call(statement, regency.code)
    return Count(in_several, cooperatives)


def _marks(cooperative: Cooperative, niks: Iterable[Nik]) -> list[bytes]:
    return [mark_of(cooperative, nik) for nik in niks]


def _call(statement: str, *values: str | list[bytes]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
