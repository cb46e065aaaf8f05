"""The Indonesian catalogue: read from the sources and kept in step with them.

Done with Babel instead of GNU gettext, which a fresh machine does not have. The runner compiles
it (`kkmp.runner.words`).
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages import Message as Entry
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

FOLDERS = ("kkmp", "finance", "members", "shops", "templates")
_KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "pgettext_lazy": ((1, "c"), 2),
    "ngettext_lazy": (1, 2),
}
#: One sentence, or that of one and that of several, which Indonesian says alike.
Message = str | tuple[str, str]


def po_path(language: str = "id") -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def messages() -> Iterator[Message]:
    """Every translatable message of the project, as often as it is written."""
    root = Path(settings.BASE_DIR)
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".py", ".html", ".txt") and "node_modules" not in path.parts:
                yield from _messages_of(path)


def read(language: str = "id") -> Catalog:
    """The catalogue as it is kept; empty where there is none yet."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(translations: dict[str, str] | None = None, language: str = "id") -> Catalog:
    """Bring the catalogue in step with the sources: new messages in, unused ones out.

    It says neither where a message stands nor when it was written, and keeps them in order of
    the alphabet: it changes only when a message does.

    :param translations: to fill in, by message
    """
    kept = read(language)
    fresh = Catalog(locale=language, header_comment="# Indonesian words of KKMP.", fuzzy=False)
    for message in sorted(set(messages()), key=_singular):
        old = kept.get(message)
        text = (translations or {}).get(_singular(message)) or (_text(old) if old else "")
        fresh.add(message, text if isinstance(message, str) else (text,) * fresh.num_plurals)
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_without_moments(fresh))
    return fresh


def missing(language: str = "id") -> list[str]:
    """Messages of the sources without a translation, and fuzzy ones."""
    kept = read(language)
    return sorted(
        _singular(message)
        for message in set(messages())
        if (entry := kept.get(message)) is None or not _text(entry) or entry.fuzzy
    )


def _singular(message: Message) -> str:
    return message if isinstance(message, str) else message[0]


def _text(entry: Entry) -> str:
    text = entry.string or ""
    return text if isinstance(text, str) else text[0]


def _messages_of(path: Path) -> Iterator[Message]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What is left of the page is read as Python, so its indentation must go.
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    source = BytesIO(text.encode())
    for _line, message, _comments, _context in extract("python", source, keywords=_KEYWORDS):
        if isinstance(message, tuple):
            yield message[0], message[1]
        elif message:
            yield message


def _without_moments(catalogue: Catalog) -> bytes:
    buffer = BytesIO()
    write_po(buffer, catalogue, width=98, no_location=True)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if "-Date:" not in line).encode()
