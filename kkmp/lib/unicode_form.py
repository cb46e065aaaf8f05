"""Letters as they come in: an accent is on its letter, and nothing is there that is not seen.

Telephones and Macs send ``é`` as ``e`` and an accent, everybody else as one letter. Both look the
same, and neither finds the other. All that comes in from outside is brought to the form that is one
letter (NFC) where it enters: forms and searches by :class:`ComposedMiddleware`, what programs send
in other ways by :mod:`kkmp.lib.parsers`, spreadsheets by :func:`kkmp.lib.spreadsheet.read`.

The same place takes out what steers and is no letter: control characters, which a printer obeys,
marks that turn the direction of what follows, so that a name reads as another one, and spaces
without width, which make two names of one. Line ends and tabulators stay, and the joiners
that scripts and pictures are made with.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import TypeVar, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict

T = TypeVar("T")
#: All of category Cc but tabulator and line ends; marks of direction; what is not seen: a
#: hyphen where a line might end, joiners of accents, fillers of Hangul, spaces without width.
_STEERING = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f"
    r"\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
#: Line ends of a kind that nobody types, and that no box or printer knows.
_LINE_ENDS = re.compile(r"[\u2028\u2029]")


def composed(part: T) -> T:
    """The value with each text in it composed, without what steers: a text, or lists and
    dictionaries of texts.
    """
    return cast("T", _composed(part))


def _composed(part: object) -> object:
    if isinstance(part, str):
        return unicodedata.normalize("NFC", _STEERING.sub("", _LINE_ENDS.sub("\n", part)))
    if isinstance(part, list):
        return [_composed(each) for each in part]
    if isinstance(part, dict):
        return {_composed(name): _composed(each) for name, each in part.items()}
    return part


class ComposedMiddleware:
    """What was typed into forms and searches, and names of files."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        request.GET = composed_query(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            request.POST = composed_query(request.POST)  # type: ignore[assignment]
            compose_names(request.FILES)


def compose_names(files: "MultiValueDict[str, UploadedFile[bytes]]") -> None:
    """Composes the names of files that were sent."""
    for _field, sent in files.lists():
        for file in sent:
            file.name = composed(file.name)


def composed_query(sent: QueryDict) -> QueryDict:
    """A query with its texts composed; the one that was sent where all of them are."""
    if all(_is_composed(text) for _name, texts in sent.lists() for text in texts):
        return sent
    whole = sent.copy()
    for name, texts in sent.lists():
        whole.setlist(name, composed(texts))
    whole._mutable = False
    return whole


def _is_composed(text: object) -> bool:
    if not isinstance(text, str):
        return True
    if _STEERING.search(text) or _LINE_ENDS.search(text):
        return False
    return unicodedata.is_normalized("NFC", text)
