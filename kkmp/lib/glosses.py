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
    #: It says of a name what it is the name of.
    is_place: bool = False


#: In a name, as in "Koperasi Kelurahan Merah Putih", a word is not explained.
GLOSSES = (
    Gloss(
        re.compile(r"(?<!Koperasi )\b[Kk]elurahan\b"),
        "neighbourhood",
        "Kelurahan: the lowest unit of a city's government, a neighbourhood with its own office",
        is_place=True,
    ),
    Gloss(
        re.compile(r"\b[Kk]ecamatan\b"),
        "district",
        "Kecamatan: a district of the city, made of several kelurahan",
        is_place=True,
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

#: Words of ours that begin a sentence before one of them; any other capital belongs to a name.
_OURS = "The|A|An|This|That|These|Each|Every|All|By|In|Of|On|From|With|For|Your|Our|No|One|Which"
_NAME_BEFORE = re.compile(rf"(?<![\w.])(?!(?:{_OURS})\s+$)[A-Z][\w.'’-]*\s+$")
#: A capital or a number right behind it.
_NAME_AFTER = re.compile(r"\s+(?:[A-Z]|\d)")
#: The name of a place, behind what it is.
_PLACE = re.compile(r"(?: [A-Z][\w'’-]*)+")

#: Tags, and what holds no text of the page: scripts, drawings, lists to choose from, other pages.
_TOKEN = re.compile(
    r"<!--.*?-->"
    r"|<(script|style|svg|textarea|select|template|button|dialog|title|code|pre|q)\b.*?</\1>"
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
    """The page with each word explained where it stands first in the main part.

    A word within a name is no word of ours: it stays as it was written. One that stands nowhere
    else than before the name of a place is explained behind that name.
    """
    waiting = list(GLOSSES)
    page = _walked(page, waiting, _with_glosses)
    return _walked(page, waiting, _behind_names) if waiting else page


def _walked(page: str, waiting: list[Gloss], change: Callable[[str, list[Gloss]], str]) -> str:
    """The page with the texts of its main part changed, as long as something waits."""
    start, end = page.find("<main"), page.rfind("</main>")
    if start < 0 or end < 0:
        return page
    pieces = [page[:start]]
    for match in _TOKEN.finditer(page, start, end):
        text = match[0]
        if waiting and not text.startswith("<"):
            text = change(text, waiting)
        pieces.append(text)
    return "".join([*pieces, page[end:]])


def _with_glosses(text: str, waiting: list[Gloss]) -> str:
    """Take out of ``waiting`` what is explained here."""
    found = [(match, one) for one in waiting if (match := _plain(one, text))]
    for match, one in sorted(found, key=lambda each: each[0].start(), reverse=True):
        waiting.remove(one)
        word = format_html('<abbr title="{}">{}</abbr>', one.title, match[0])
        is_told = one.short in text[: match.start()].lower()
        text = (
            text[: match.start()] + word + ("" if is_told else _beside(one)) + text[match.end() :]
        )
    return text


def _plain(gloss: Gloss, text: str) -> re.Match[str] | None:
    """Where the word stands by itself: in no name, and in nothing that is quoted."""
    for match in gloss.pattern.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        is_quoted = before.rfind("“") > before.rfind("”")
        in_name = match[0][0].isupper() and (
            _NAME_BEFORE.search(before) or _NAME_AFTER.match(after)
        )
        if not is_quoted and not in_name:
            return match
    return None


def _behind_names(text: str, waiting: list[Gloss]) -> str:
    """``Kecamatan Banyumanik (district)``: the name stays whole."""
    for one in [each for each in waiting if each.is_place]:
        for match in one.pattern.finditer(text):
            before, name = text[: match.start()], _PLACE.match(text, match.end())
            if name and match[0].istitle() and not _NAME_BEFORE.search(before):
                waiting.remove(one)
                text = text[: name.end()] + _beside(one) + text[name.end() :]
                break
    return text


def _beside(gloss: Gloss) -> str:
    return format_html(' <small class="gloss" title="{}">({})</small>', gloss.title, gloss.short)


def _is_page(response: HttpResponse) -> bool:
    return str(response.get("Content-Type", "")).startswith("text/html")
