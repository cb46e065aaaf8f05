"""Pictures as they are kept: WebP without loss, written anew only where the page has changed."""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

#: Pixels that may differ between two drawings of an unchanged page: a time of day or two.
NOISE = 400
#: How far the parts of a colour, 0 to 255, may lie apart: edges are not smoothed alike each time.
FAINT = 24


def keep(drawn: bytes, file: Path, noise: int = NOISE) -> bool:
    """Write what a browser has drawn (PNG), unless the file shows the same; whether it wrote."""
    from PIL import Image

    new = Image.open(BytesIO(drawn)).convert("RGB")
    if file.exists() and differing(Image.open(file).convert("RGB"), new) <= noise:
        return False
    # Letters stay as sharp as they were drawn, and for pages this is smaller than with loss.
    new.save(file, "WEBP", lossless=True, quality=100, method=4)
    return True


def differing(old: "Image", new: "Image") -> int:
    """How many pixels differ visibly; all of them where the sizes do."""
    from PIL import ImageChops

    if old.size != new.size:
        return max(old.width * old.height, new.width * new.height)
    red, green, blue = ImageChops.difference(old, new).split()
    apart = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return sum(apart.histogram()[FAINT + 1 :])
