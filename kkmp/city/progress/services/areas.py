"""What an administrator may change of the areas: the target, and where a tile stands."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError
from kkmp.registry.models import Kelurahan, Regency

#: A tile stands so far beside the others at most: the map is drawn as wide as they reach.
MARGIN = 3


class AreaRefused(DomainError):
    """The change would make the city's page wrong."""


@transaction.atomic
def set_target(*, regency: Regency, target: int, by: User) -> Regency:
    """Set how many operating cooperatives a regency aims at.

    :raises AreaRefused: the target is not positive, or more than there are kelurahan
    """
    if target < 1:
        raise AreaRefused(_("The target must be more than zero."), field="target")
    most = Kelurahan.objects.filter(kecamatan__regency=regency).count()
    if target > most:
        raise AreaRefused(
            _("There are %(count)d kelurahan, and each has one cooperative.") % {"count": most},
            field="target",
        )
    locked = Regency.objects.select_for_update(no_key=True).get(pk=regency.pk)
    before = locked.target
    if before != target:
        locked.target = target
        locked.save(update_fields=["target"])
        audit.record_system(
            action="regency.target", by=by, subject=locked, before=before, after=target
        )
    return locked


@transaction.atomic
def place_tile(*, kelurahan: Kelurahan, column: int, row: int, by: User) -> Kelurahan:
    """Put a kelurahan's tile somewhere else on its regency's tile map.

    :param row: 0 is north
    :raises AreaRefused: another kelurahan of the regency stands there, or it is far from all
    """
    # The regency's row is held, so that two tiles cannot move to one place at once.
    regency = Regency.objects.select_for_update(no_key=True).get(pk=kelurahan.kecamatan.regency_id)
    there = Kelurahan.objects.filter(
        kecamatan__regency=regency, tile_column=column, tile_row=row
    ).exclude(pk=kelurahan.pk)
    if other := there.order_by("pk").first():
        raise AreaRefused(
            _("%(kelurahan)s already stands there.") % {"kelurahan": other.name},
            field="tile_column",
        )
    _is_near(regency, kelurahan, column, row)
    kept = Kelurahan.objects.get(pk=kelurahan.pk)
    before = [kept.tile_column, kept.tile_row]
    if before != [column, row]:
        kept.tile_column, kept.tile_row = column, row
        kept.save(update_fields=["tile_column", "tile_row"])
        audit.record_system(
            action="kelurahan.tile", by=by, subject=kept, before=before, after=[column, row]
        )
    return kept


def furthest(regency: Regency, but: Kelurahan) -> tuple[int, int]:
    """The last column and the last row in which a tile may stand, by where the others are."""
    others = Kelurahan.objects.filter(kecamatan__regency=regency).exclude(pk=but.pk)
    edge = others.aggregate(column=Max("tile_column"), row=Max("tile_row"))
    return (edge["column"] or 0) + MARGIN, (edge["row"] or 0) + MARGIN


def _is_near(regency: Regency, kelurahan: Kelurahan, column: int, row: int) -> None:
    last_column, last_row = furthest(regency, kelurahan)
    wrong = {}
    if column > last_column:
        wrong["tile_column"] = [
            _("At most %(count)d: further away the map would become too small to read.")
            % {"count": last_column}
        ]
    if row > last_row:
        wrong["tile_row"] = [
            _("At most %(count)d: further away the map would become too small to read.")
            % {"count": last_row}
        ]
    if wrong:
        raise AreaRefused(next(iter(wrong.values()))[0], fields=wrong)
