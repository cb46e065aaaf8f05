"""The till's page without anybody's data in it: the same bytes for everyone, in two languages.

A device may keep it and open it without a network. What belongs to a cooperative or a person comes
from :mod:`shops.till.setup` at another address.
"""

import hashlib
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, override

from shops.till.words import opening_words, words

#: Stands in the address of the data for the cooperative's code, which the till puts there.
SOME_COOPERATIVE = "_"


@dataclass(frozen=True)
class Page:
    content: bytes
    #: The ETag: a hash of the content.
    mark: str


def page(language: str) -> Page:
    """The page in a language; rendered once a process, or at each request while developing."""
    return _drawn(language) if settings.DEBUG else _kept(language)


def address(language: str | None = None) -> str:
    """The address of the till in a language; without one in the request's language."""
    language = language or get_language() or settings.LANGUAGE_CODE
    return reverse("till:shell" if language == settings.LANGUAGE_CODE else f"till:shell_{language}")


@cache
def _kept(language: str) -> Page:
    return _drawn(language)


def _drawn(language: str) -> Page:
    with override(language):
        # Rendered without a request, so that nothing of the first visitor gets into it.
        content = render_to_string("shops/till/till.html", {"page_data": _page_data()}).encode()
    return Page(content, f'"{hashlib.sha256(content).hexdigest()[:32]}"')


def _page_data() -> dict[str, object]:
    return {
        "words": words(),
        "opening": opening_words(),
        "addresses": {
            "data": reverse("shops:till_data", args=[SOME_COOPERATIVE]),
            "places": reverse("till:places"),
            "signIn": reverse("account_login"),
            "signOut": reverse("account_logout"),
            "home": reverse("home"),
            "detector": static("vendor/barcode-detector/ponyfill.js"),
            "detectorWasm": static("vendor/barcode-detector/zxing_reader.wasm"),
            "languages": {code: address(code) for code, _name in settings.LANGUAGES},
        },
    }
