"""Documents on paper, as PDF or as an image, set by typst."""

import io
import json
import logging
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.utils.translation import gettext as _

from kkmp.lib import apart
from kkmp.lib.apart import Bounds
from kkmp.lib.errors import DomainError

_log = logging.getLogger(__name__)

#: Stands on what was printed before.
COPY = "SALINAN"
#: Whose letters the fonts have that typst brings along: how Unicode's names of them begin.
_DRAWN = (
    "LATIN",
    "GREEK",
    "CYRILLIC",
    "ARABIC",
    "HEBREW",
    "GEORGIAN",
    "COMBINING",
    "MODIFIER LETTER",
)


#: Receipts, cards and lists of some hundred rows, and books of whole cooperatives, one at a time.
SMALL = Bounds(name="documents", memory_mb=768, seconds=20, at_once=4)
LARGE = Bounds(name="large-documents", memory_mb=3_072, seconds=100, at_once=1)
#: Of the data, as JSON.
SMALL_CHARACTERS = 150_000
_WORKER = Path(__file__).with_name("document_worker.py")
#: Its exit code where the template is wrong.
_BROKEN = 3


class DocumentRefused(DomainError):
    """The document could not be made now; trying again is right, and nothing was changed."""

    status = 503


class TemplateBroken(Exception):
    """A template does not fit its data: a fault of ours."""


def copy_mark(copy: int) -> str:
    """``SALINAN`` for the first copy, ``SALINAN KE-2`` for the second; nothing for the original."""
    return "" if copy == 0 else COPY if copy == 1 else f"{COPY} KE-{copy}"


def undrawn(text: str) -> str:
    """The letters and pictures of a text that stand on paper as empty boxes, each once."""
    return "".join(dict.fromkeys(one for one in text if not _is_drawn(one)))


def undrawn_in(content: object) -> list[tuple[str, str]]:
    """Each text of a document's data that would have empty boxes, with the letters they stand for.

    :param content: texts, or lists and dictionaries of texts; drawings are left out
    """
    found = ((text, undrawn(text)) for text in dict.fromkeys(_texts(content)))
    return [(text, letters) for text, letters in found if letters]


def _texts(content: object) -> Iterator[str]:
    if isinstance(content, str):
        if not content.startswith("<svg"):
            yield content
    elif isinstance(content, Mapping):
        for each in content.values():
            yield from _texts(each)
    elif isinstance(content, list | tuple):
        for each in content:
            yield from _texts(each)


def _is_drawn(one: str) -> bool:
    if ord(one) < 0x250 or unicodedata.category(one)[0] in "ZP":
        return True
    return unicodedata.name(one, "").startswith(_DRAWN)


def render(template: str, data: Mapping[str, Any]) -> bytes:
    """Set a document.

    What people typed stays text: the data goes in as JSON, and typst reads values from it and
    never markup or code. Only the fonts that typst brings along are used, so that a document
    looks the same on every machine.

    :param template: path below ``templates/``, such as ``members/savings/receipt_a4.typ``
    :param data: anything JSON; the template reads it with ``json(bytes(sys.inputs.data))``
    :raises DocumentRefused: its process died, or none could be begun in time
    """
    return _compiled(template, data)


def render_png(template: str, data: Mapping[str, Any], *, dots_an_inch: int = 300) -> bytes:
    """Draw a document of one page as an image; data and fonts as in :func:`render`."""
    return _compiled(template, data, format="png", ppi=dots_an_inch)


def qr_svg(text: str) -> str:
    """A text as QR code, to go into a document's data; a quarter of it may be scratched away."""
    drawn = io.BytesIO()
    segno.make(text, error="q", micro=False).save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue().decode()


def picture(name: str) -> str:
    """A picture of ours, as SVG, to go into a document's data."""
    return Path(settings.BASE_DIR, "kkmp/static/kkmp/img", name).read_text(encoding="utf-8")


def _compiled(template: str, data: Mapping[str, Any], **options: Any) -> bytes:
    root = Path(settings.BASE_DIR, "templates")
    told = json.dumps(data)
    asked = {"template": str(root / template), "root": str(root), "data": told, "options": options}
    bounds = SMALL if len(told) <= SMALL_CHARACTERS else LARGE
    try:
        return apart.run(_WORKER, given=json.dumps(asked).encode(), bounds=bounds)
    except apart.Busy:
        raise DocumentRefused(
            _("Too many documents are being made just now. Try again in a moment.")
        ) from None
    except apart.Ended as ended:
        if ended.code == _BROKEN:
            raise TemplateBroken(f"{template}: {ended.words}") from None
        _log.error("%s of %d characters was not made: %s", template, len(told), ended)
        raise DocumentRefused(
            _(
                "The document was not made: it took too much memory or time. Nothing else has "
                "changed. Try again; if it stays so, take fewer rows, or the list as a file."
            )
        ) from None
