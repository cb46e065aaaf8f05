"""Letters as they come in: an accent is on its letter, and not a letter of its own.

Telephones and Macs send ``é`` as ``e`` and an accent, everybody else as one letter. Both look the
same, and neither finds the other. All that comes in from outside is brought to the form that is one
letter (NFC) where it enters: forms and searches by :class:`ComposedMiddleware`, what programs send
in other ways by :mod:`kkmp.lib.parsers`, spreadsheets by :func:`kkmp.lib.spreadsheet.read`.
"""

import unicodedata
from collections.abc import Callable
from typing import TypeVar, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict

T = TypeVar("T")


def composed(part: T) -> T:
    """The value with each text in it composed: a text, or lists and dictionaries of texts."""
    return cast("T", _composed(part))


def _composed(part: object) -> object:
    if isinstance(part, str):
        return unicodedata.normalize("NFC", part)
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
            _compose_names(request.FILES)


def _compose_names(files: "MultiValueDict[str, UploadedFile[bytes]]") -> None:
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
    return not isinstance(text, str) or unicodedata.is_normalized("NFC", text)
