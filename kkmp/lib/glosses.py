"""Words of the place that English keeps, explained once a page to English readers.

Kelurahan, kecamatan, Dinas and Simkopdes stand in fifty templates and in what people have written.
So they are explained in the page that goes out, where each stands first in its main part: the word
tells its meaning to whoever points at it, and a short one stands beside it.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html

from kkmp.lib.money import is_english


class Gloss(NamedTuple):
    """What a word means."""

    pattern: re.Pattern[str]
    short: str
    title: str


#: In a name, as in "Koperasi Kelurahan Merah Putih", a word is not explained.
GLOSSES = (
    Gloss(
        re.compile(r"(?<!Koperasi )\b[Kk]elurahan\b"),
        "neighbourhood",
        "Kelurahan: the lowest unit of a city's government, a neighbourhood with its own office",
    ),
    Gloss(
        re.compile(r"\b[Kk]ecamatan\b"),
        "district",
        "Kecamatan: a district of the city, made of several kelurahan",
    ),
    Gloss(
        re.compile(r"\bDinas\b"),
        "city department",
        "Dinas: the city's department for cooperatives and small business",
    ),
    Gloss(
        re.compile(r"\bSimkopdes\b"),
        "national portal",
        "Simkopdes: the national portal on which the cooperatives of villages and kelurahan report",
    ),
)

#: Tags, and what holds no text of the page: scripts, drawings, lists to choose from, other pages.
_TOKEN = re.compile(
    r"<!--.*?-->"
    r"|<(script|style|svg|textarea|select|template|button|dialog|title)\b.*?</\1>"
    r"|<(?:\"[^\"]*\"|'[^']*'|[^'\">])*>"
    r"|[^<]+",
    re.DOTALL | re.IGNORECASE,
)


class GlossesMiddleware:
    """Explains the words in whole pages; parts that are fetched later come without."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_english() and not response.streaming and _is_page(response):
            response.content = explained(response.content.decode(response.charset))
            if response.has_header("Content-Length"):
                response["Content-Length"] = str(len(response.content))
        return response


def explained(page: str) -> str:
    """The page with each word explained where it stands first in the main part."""
    start, end = page.find("<main"), page.rfind("</main>")
    if start < 0 or end < 0:
        return page
    waiting = list(GLOSSES)
    pieces = [page[:start]]
    for match in _TOKEN.finditer(page, start, end):
        text = match[0]
        if waiting and not text.startswith("<"):
            text = _with_glosses(text, waiting)
        pieces.append(text)
    return "".join([*pieces, page[end:]])


def _with_glosses(text: str, waiting: list[Gloss]) -> str:
    """Take out of ``waiting`` what is explained here."""
    found = [(match, one) for one in waiting if (match := one.pattern.search(text))]
    for match, one in sorted(found, key=lambda each: each[0].start(), reverse=True):
        waiting.remove(one)
        word = format_html('<abbr title="{}">{}</abbr>', one.title, match[0])
        beside = format_html(' <small class="gloss">({})</small>', one.short)
        is_told = one.short in text[: match.start()].lower()
        text = text[: match.start()] + word + ("" if is_told else beside) + text[match.end() :]
    return text


def _is_page(response: HttpResponse) -> bool:
    return str(response.get("Content-Type", "")).startswith("text/html")
