"""A picture is written when its page has changed, and not for noise."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from kkmp.runner import pictures

SIZE = (400, 300)
#: A time of day, about as large as on a page.
CLOCK = (300, 10, 334, 19)
NOTICE = (20, 100, 380, 140)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    file = tmp_path / "page.webp"
    assert pictures.keep(_page(), file)
    return file


def test_what_is_kept_is_what_was_drawn(kept: Path) -> None:
    assert kept.read_bytes()[8:12] == b"WEBP"
    drawn = Image.open(BytesIO(_page())).convert("RGB")
    assert Image.open(kept).convert("RGB").tobytes() == drawn.tobytes()


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param(lambda: _page(), id="the same"),
        pytest.param(lambda: _page(CLOCK), id="another time of day"),
        pytest.param(lambda: _page(NOTICE, colour=(235, 235, 235)), id="a faint shade"),
    ],
)
def test_noise_leaves_the_file_alone(kept: Path, drawn) -> None:
    before = kept.read_bytes()
    assert not pictures.keep(drawn(), kept)
    assert kept.read_bytes() == before


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param(lambda: _page(NOTICE), id="a notice more"),
        pytest.param(lambda: _page(size=(400, 310)), id="another size"),
    ],
)
def test_a_changed_page_is_written(kept: Path, drawn) -> None:
    assert pictures.keep(drawn(), kept)
    assert Image.open(kept).convert("RGB").tobytes() == (
        Image.open(BytesIO(drawn())).convert("RGB").tobytes()
    )


def test_a_named_picture_is_written_at_the_smallest_change(kept: Path) -> None:
    assert pictures.keep(_page((5, 5, 5, 5)), kept, noise=0)


def _page(
    mark: tuple[int, ...] | None = None, colour: tuple[int, ...] = (0, 0, 0), size=SIZE
) -> bytes:
    page = Image.new("RGB", size, (250, 250, 250))
    if mark:
        ImageDraw.Draw(page).rectangle(mark, fill=colour)
    png = BytesIO()
    page.save(png, "PNG")
    return png.getvalue()
