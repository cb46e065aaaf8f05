"""Photos as telephones take them: with place, time and owner in them, and a way of being held."""

import io
from typing import Any

from PIL import Image, PngImagePlugin

#: What nobody may read in a photo that is kept.
SECRET = "Rumah Bu Sari"


def photo(
    kind: str = "JPEG", *, size: tuple[int, int] = (40, 20), is_turned: bool = False
) -> bytes:
    """
    :param kind: as Pillow calls it: ``JPEG``, ``PNG``, ``WEBP``
    """
    picture, exif, made = Image.new("RGB", size, (200, 30, 30)), Image.Exif(), io.BytesIO()
    exif[0x010E] = exif[0x013B] = SECRET
    exif.get_ifd(0x8825)[1] = "S"
    if is_turned:
        exif[0x0112] = 6
    more: dict[str, Any] = {"exif": exif, "xmp": SECRET.encode()}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", SECRET)
        more = {"exif": exif, "pnginfo": text}
    if kind == "JPEG":
        more |= {"comment": SECRET.encode(), "progressive": True}
    picture.save(made, kind, **more)
    return made.getvalue()
