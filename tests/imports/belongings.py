"""Files that were sent in, one of each kind."""

from django.utils import timezone

from kkmp.access.permissions import Role
from kkmp.imports import kinds
from kkmp.imports.services import batches, choosing
from tests.conftest import MONDAY
from tests.guards.side import Side
from tests.imports.conftest import xlsx

WEIGHT = 50
PLAIN = "amount_idr changed expected reason rows seen state tab"


def furnish(side: Side) -> None:
    here, by, now = side.cooperative, side.staff[Role.CHAIR], timezone.now()
    for kind in kinds.registered():
        batch = batches.upload(
            cooperative=here,
            kind=kind,
            content=_file(kind.code, side.word),
            filename=f"{side.word}.xlsx",
            on=MONDAY,
            at=now,
            by=by,
        )
        choosing.choose_columns(batch=batch, kind=kind, columns=batch.choices().columns)
        side.ids[f"{kind.code} file"] = batch.pk


def _file(code: str, word: str) -> bytes:
    from tests.guards.belongings import FILES  # which finds this module

    titles, row = FILES[code]
    return xlsx(titles, [str(cell).format(word=word) for cell in row])
