"""A small tile map in which one tile is marked, for whoever places it."""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from kkmp.city.progress.services import areas
from kkmp.registry.models import Kelurahan

_CELL, _TILE = 10, 9


def drawn(kelurahan: Kelurahan) -> str:
    """The map as SVG, as large as tiles may reach, so that moving the marked one shifts nothing."""
    regency = kelurahan.kecamatan.regency
    others = Kelurahan.objects.filter(kecamatan__regency=regency).exclude(pk=kelurahan.pk)
    columns, rows = areas.furthest(regency, kelurahan)
    tiles = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}" rx="1"><title>{}</title></rect>',
        (
            (each.tile_column * _CELL, each.tile_row * _CELL, _TILE, _TILE, each.name)
            for each in others.order_by("code")
        ),
    )
    return format_html(
        '<svg class="kkmp-tiles" viewBox="0 0 {} {}" role="img" aria-label="{}"'
        ' data-tile-preview data-cell="{}">{}'
        '<rect class="kkmp-tile-marked" x="{}" y="{}" width="{}" height="{}" rx="1"></rect></svg>',
        (max(columns, kelurahan.tile_column) + 1) * _CELL,
        (max(rows, kelurahan.tile_row) + 1) * _CELL,
        _("The map with the tile of %(kelurahan)s marked") % {"kelurahan": kelurahan.name},
        _CELL,
        tiles,
        kelurahan.tile_column * _CELL,
        kelurahan.tile_row * _CELL,
        _TILE,
        _TILE,
    )
