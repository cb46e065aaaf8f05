"""The Indonesian catalogue: read from the sources, kept in step, compiled.

Done with Babel instead of GNU gettext, which a fresh machine does not have.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

FOLDERS = ("kkmp", "finance", "members", "shops", "templates")
_NO_MOMENT = datetime(2025, 6, 24, tzinfo=UTC)
_KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "pgettext_lazy": ((1, "c"), 2),
}


def po_path(language: str = "id") -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def messages() -> Iterator[tuple[str, str]]:
    """Every translatable message of the project with the file it stands in."""
    root = Path(settings.BASE_DIR)
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".py", ".html", ".txt") and "node_modules" not in path.parts:
                for message in _messages_of(path):
                    yield message, str(path.relative_to(root))


def read(language: str = "id") -> Catalog:
    """The catalogue as it is kept; empty where there is none yet."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(translations: dict[str, str] | None = None, language: str = "id") -> Catalog:
    """Bring the catalogue in step with the sources: new messages in, unused ones out.

    :param translations: to fill in, by message
    """
    kept = read(language)
    fresh = Catalog(locale=language, header_comment="# Indonesian words of KKMP.", fuzzy=False)
    found: dict[str, set[str]] = {}
    for message, place in messages():
        found.setdefault(message, set()).add(place)
    for message in sorted(found):
        old = kept.get(message)
        text = (translations or {}).get(message) or (old.string if old else "")
        fresh.add(message, text, locations=[(place, 0) for place in sorted(found[message])])
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_without_moments(fresh))
    path.with_suffix(".mo").write_bytes(compiled(fresh))
    return fresh


def compiled(catalogue: Catalog) -> bytes:
    """What Django reads; it changes only when a message does."""
    catalogue.creation_date = catalogue.revision_date = _NO_MOMENT
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def missing(language: str = "id") -> list[str]:
    """Messages of the sources without a translation, and fuzzy ones."""
    kept = read(language)
    wanted = {message for message, _place in messages()}
    return sorted(
        message
        for message in wanted
        if (entry := kept.get(message)) is None or not entry.string or entry.fuzzy
    )


def _messages_of(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What is left of the page is read as Python, so its indentation must go.
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    source = BytesIO(text.encode())
    for _line, message, _comments, _context in extract("python", source, keywords=_KEYWORDS):
        if isinstance(message, tuple):
            message = message[-1]
        if message:
            yield message


def _without_moments(catalogue: Catalog) -> bytes:
    """The file changes only when a message does, so no date of making."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=98, include_lineno=False, omit_header=False)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if "-Date:" not in line).encode()
