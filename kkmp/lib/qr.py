"""QR codes drawn into a page."""

import segno
from django.utils.safestring import SafeString, mark_safe


def svg(text: str) -> SafeString:
    """The code of a text as inline SVG, black on white so that every phone reads it."""
    drawn = segno.make(text, error="m", micro=False)
    # Shapes and numbers only: nothing of the text is written into it.
    return mark_safe(  # noqa: S308  drawn by us; the text in it is dots
        drawn.svg_inline(border=3, omitsize=True, dark="#000", light="#fff", svgclass="qr")
    )
