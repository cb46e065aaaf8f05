"""Which pages are pictured, and in what order."""

from pathlib import Path

import pytest

from kkmp.runner import shots
from kkmp.runner.errors import CannotGoOn

PAGES = '[[shot]]\nname = "books"\nwho = "treasurer"\npath = "/books/"\n'
SALE = """
[[shot]]
name = "till"
who = "cashier"
path = "/till/"
after = ["shift"]
[[shot]]
name = "sold"
steps = [["fill", "[name=paid]", "5.000"], ["click", "button"]]
changes = true

[[shot]]
name = "shift"
who = "cashier"
path = "/shift/"
changes = true

[[shot]]
name = "goods"
path = "/goods/"
phone = true
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    _declare(tmp_path / "finance" / "ledger", PAGES)
    _declare(tmp_path / "shops" / "till", SALE)
    return tmp_path


def test_pages_are_drawn_before_the_demo_changes_and_each_after_what_it_needs(root: Path) -> None:
    assert _names(shots.declared(root)) == ["books", "goods", "shift", "till", "sold"]


def test_a_shot_without_a_path_goes_on_from_the_one_above(root: Path) -> None:
    [walk] = [walk for walk in shots.declared(root) if "sold" in walk.names]
    assert [shot.name for shot in walk.shots] == ["till", "sold"]
    assert walk.shots[1].steps == (("fill", "[name=paid]", "5.000"), ("click", "button"))


def test_a_chosen_one_brings_what_it_needs(root: Path) -> None:
    assert _names(shots.chosen(shots.declared(root), ["sold"])) == ["shift", "till", "sold"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (PAGES, "Declared twice: books"),
        ('[[shot]]\nname = "end"', "end goes on from another shot, or has a path"),
        ('[[shot]]\nname = "a"\npath = "/"\ncolour = "red"', "colour"),
        ('[[shot]]\nname = "a"\npath = "/"\nafter = ["b"]', "No package declares a screenshot b"),
        ('[[shot]]\nname = "a"\npath = "/"\nafter = ["a"]', "a is to be drawn after itself"),
    ],
    ids=["twice", "no beginning", "unknown field", "after nobody's", "after itself"],
)
def test_what_cannot_be_drawn_is_said(root: Path, text: str, reason: str) -> None:
    _declare(root / "members", text)
    with pytest.raises(CannotGoOn, match=reason):
        shots.declared(root)


def test_a_name_that_nobody_declares_is_said(root: Path) -> None:
    with pytest.raises(CannotGoOn, match="goodz"):
        shots.chosen(shots.declared(root), ["goodz"])


def _declare(folder: Path, text: str) -> None:
    folder.mkdir(parents=True)
    (folder / "screenshots.toml").write_text(text)


def _names(walks: list[shots.Walk]) -> list[str]:
    return [shot.name for walk in walks for shot in walk.shots]
