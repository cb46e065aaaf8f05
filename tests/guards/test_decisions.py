"""Decisions are counted without gap or double, and what names one by its number finds it."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DECISIONS = ROOT / "docs" / "decisions.md"
HEADING = re.compile(r"^## (\d+)\. ", re.MULTILINE)
#: "decision 68", "decisions 12 and 14", "keputusan 68"; also ``decisions.md#68-its-heading``.
NAMED = re.compile(r"\b(?:decisions?|keputusan) ((?:\d+(?:, | and | dan )?)+)", re.IGNORECASE)
ANCHOR = re.compile(r"decisions\.md#(\S*?)[)\s\"']")
READ = {".md", ".py", ".toml", ".html", ".js", ".sql"}


def numbers(text: str) -> list[int]:
    return [int(number) for number in HEADING.findall(text)]


def named(text: str) -> set[int]:
    """The decisions that a text speaks of by number."""
    return {int(each) for run in NAMED.findall(text) for each in re.findall(r"\d+", run)}


def anchors(text: str) -> set[str]:
    """Headings as a page of Markdown names them: small letters, hyphens, no punctuation."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each).lower().replace(" ", "-") for each in headings}


def texts() -> list[Path]:
    found = list(ROOT.glob("*.md"))
    for folder in ("docs", "kkmp", "finance", "members", "shops", "templates", "tests"):
        found += (path for path in (ROOT / folder).rglob("*") if path.suffix in READ)
    return [path for path in found if not {"node_modules", "vendor"} & set(path.parts)]


def test_they_are_counted_from_one_in_order():
    found = numbers(DECISIONS.read_text(encoding="utf-8"))
    assert len(found) > 80
    assert found == list(range(1, len(found) + 1))


def test_what_names_a_decision_finds_it(case):
    decisions = DECISIONS.read_text(encoding="utf-8")
    known, headings = set(numbers(decisions)), anchors(decisions)
    speaking = 0
    for path in texts():
        text = path.read_text(encoding="utf-8")
        if path == Path(__file__) or not (named(text) or ANCHOR.search(text)):
            continue
        speaking += 1
        with case(str(path.relative_to(ROOT))):
            assert named(text) <= known
            assert set(ANCHOR.findall(text)) <= headings
    assert speaking


def test_numbers_and_names_are_read_as_people_write_them():
    assert numbers("## 1. One\n## 3. Three\n### 4. No\n") == [1, 3]
    assert named("see [decision 68](decisions.md), Decisions 12 and 14, keputusan 7") == {
        68,
        12,
        14,
        7,
    }
    assert ANCHOR.findall("[so](decisions.md#68-what-is-shown)") == ["68-what-is-shown"]
    assert anchors("## 68. What is shown, and why") == {"68-what-is-shown-and-why"}
