"""The tile map: one square a kelurahan, near where it lies, north above.

Everything is whole units of an SVG drawing; colours and signs come from the stage.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kkmp.city.figures.queries.places import KelurahanStatus
from kkmp.registry.models import Kecamatan

TILE = 40
GAP = 4
PITCH = TILE + GAP
#: Room around the map, or around the kecamatan that is looked at.
MARGIN = 22
#: Height of a line of a name within a tile.
LINE = 7
#: Letters that fit side by side in a tile that is looked at closely.
_LETTERS = 9

_Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tile:
    """One kelurahan. ``sign`` is ``active``, ``quiet``, ``waiting`` or empty."""

    status: KelurahanStatus
    x: int
    y: int
    url: str
    sign: str
    #: What stands beside the stage, in words: activity, or what it waits for.
    note: str
    #: What a screen reader says of it.
    label: str
    #: Its name in lines that fit.
    lines: list[str]
    #: Whether the map looks closely, so that there is room for the name below the sign.
    is_close: bool

    @property
    def middle(self) -> int:
        return self.x + TILE // 2

    @property
    def sign_y(self) -> int:
        return self.y + TILE // 2 - (5 if self.is_close else 0)

    @property
    def name_y(self) -> int:
        """The height at which a name's first line begins, so that its last ends above the edge."""
        return self.y + TILE - 4 - LINE * (len(self.lines) - 1)

    @property
    def rank(self) -> int:
        return int(self.status.stage)


@dataclass(frozen=True, slots=True)
class Patch:
    """A kecamatan: the ground its tiles lie on."""

    kecamatan: Kecamatan
    path: str


@dataclass(frozen=True, slots=True)
class TileMap:
    """What the template draws: ``tiles`` to read and press, ``others`` only to be seen."""

    tiles: list[Tile]
    others: list[Tile]
    patches: list[Patch]
    borders: str
    view_box: str
    is_close: bool


def lay_out(
    statuses: list[KelurahanStatus],
    *,
    link: Callable[[KelurahanStatus], str],
    kecamatan: Kecamatan | None = None,
) -> TileMap:
    """Lay the tiles out, of the whole regency or closely of one kecamatan.

    :param link: where a tile leads
    """
    is_close = kecamatan is not None
    tiles = [_tile(status, link(status), is_close) for status in statuses]
    chosen = [t for t in tiles if kecamatan in (None, t.status.kecamatan)]
    cells = {(t.x // PITCH, t.y // PITCH): t.status.kecamatan for t in tiles}
    return TileMap(
        tiles=chosen,
        others=[t for t in tiles if t not in chosen],
        patches=_patches(cells),
        borders=_borders(cells),
        view_box=_view_box(chosen),
        is_close=is_close,
    )


def label(status: KelurahanStatus) -> str:
    """``Gedawang, Banyumanik: operating, sales in the last 30 days``"""
    words = {
        "place": status.kelurahan.name,
        "kecamatan": status.kecamatan.name,
        "stage": status.stage.label,
    }
    said = _("%(place)s, %(kecamatan)s: %(stage)s") % words
    more = note(status)
    return f"{said}, {more}" if more else said


def note(status: KelurahanStatus) -> str:
    """What stands beside the stage's name: activity, or what it waits for."""
    return {
        "active": _("sales in the last 30 days"),
        "quiet": _("no sale in the last 30 days"),
        "waiting": _("waiting for verification"),
    }.get(_sign(status), "")


def _sign(status: KelurahanStatus) -> str:
    if status.is_operating:
        return "active" if status.is_active else "quiet"
    return "waiting" if status.is_waiting else ""


def _tile(status: KelurahanStatus, url: str, is_close: bool) -> Tile:
    place = status.kelurahan
    return Tile(
        status=status,
        x=place.tile_column * PITCH,
        y=place.tile_row * PITCH,
        url=url,
        sign=_sign(status),
        note=note(status),
        label=label(status),
        lines=_lines(place.name),
        is_close=is_close,
    )


def _lines(name: str) -> list[str]:
    """A name in words, and a word too long for its tile in two parts."""
    lines = []
    for word in name.split():
        while len(word) > _LETTERS + 1:
            lines.append(word[: _LETTERS - 1] + "-")
            word = word[_LETTERS - 1 :]
        lines.append(word)
    return lines


def _patches(cells: dict[_Cell, Kecamatan]) -> list[Patch]:
    gathered: dict[Kecamatan, list[_Cell]] = defaultdict(list)
    for cell, kecamatan in cells.items():
        gathered[kecamatan].append(cell)
    return [_patch(kecamatan, own) for kecamatan, own in gathered.items()]


def _patch(kecamatan: Kecamatan, cells: list[_Cell]) -> Patch:
    half = GAP // 2
    path = "".join(
        f"M{column * PITCH - half} {row * PITCH - half}h{PITCH}v{PITCH}h-{PITCH}z"
        for column, row in sorted(cells)
    )
    return Patch(kecamatan, path)


def _borders(cells: dict[_Cell, Kecamatan]) -> str:
    """Every edge between two kecamatan, as one path."""
    half = GAP // 2
    path = []
    for (column, row), kecamatan in sorted(cells.items()):
        x, y = column * PITCH - half, row * PITCH - half
        if cells.get((column + 1, row), kecamatan) != kecamatan:
            path.append(f"M{x + PITCH} {y}v{PITCH}")
        if cells.get((column, row + 1), kecamatan) != kecamatan:
            path.append(f"M{x} {y + PITCH}h{PITCH}")
    return "".join(path)


def _view_box(tiles: list[Tile]) -> str:
    if not tiles:
        return f"0 0 {TILE} {TILE}"
    left, top = min(t.x for t in tiles) - MARGIN, min(t.y for t in tiles) - MARGIN
    width = max(t.x for t in tiles) + TILE + MARGIN - left
    height = max(t.y for t in tiles) + TILE + MARGIN - top
    return f"{left} {top} {width} {height}"
