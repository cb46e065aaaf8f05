"""``{% icon "users" %}``: an icon of the Tabler set, in the page. Built into every template.

Drawn in, so that it takes the colour of the text beside it and costs no request. It says nothing
to a screen reader: the words beside it do.
"""

import re
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.template import TemplateSyntaxError
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_NAME = re.compile(r"(?:(filled):)?([a-z0-9-]+)")
_ATTRIBUTES = {
    "outline": 'fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-linecap="round" stroke-linejoin="round"',
    "filled": 'fill="currentColor"',
}


@register.simple_tag
def icon(name: str, **attributes: str) -> SafeString:
    """The icon as inline SVG; ``filled:heart`` for the filled set.

    :param attributes: ``class`` adds classes: ``{% icon "users" class="text-red" %}``
    :raises TemplateSyntaxError: there is no such icon
    """
    more = attributes.pop("class", "")
    if attributes:
        raise TemplateSyntaxError(f"icon takes only a class, not {', '.join(attributes)}")
    style, drawing = _drawing(str(name))
    classes = conditional_escape(f"icon {more}".strip())
    return mark_safe(  # noqa: S308  the file is ours, and the classes are escaped
        f'<svg class="{classes}" width="24" height="24" viewBox="0 0 24 24" {_ATTRIBUTES[style]} '
        f'aria-hidden="true" focusable="false">{drawing}</svg>'
    )


@cache
def _drawing(name: str) -> tuple[str, str]:
    """Style and the shapes inside the file's ``<svg>``; read once a process."""
    match = _NAME.fullmatch(name)
    folder = _folder(match[1] or "outline") if match else _folder("outline")
    file = folder / f"{match[2] if match else ''}.svg"
    if match is None or not file.is_file():
        raise TemplateSyntaxError(_unknown(name, folder))
    svg = file.read_text(encoding="utf-8")
    shapes = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    return folder.name, re.sub(r">\s+<", "><", shapes.strip())


def _folder(style: str) -> Path:
    return Path(settings.NODE_MODULES) / "@tabler" / "icons" / "icons" / style


def _unknown(name: str, folder: Path) -> str:
    if not folder.is_dir():
        return f"The icons are not installed: {folder} is missing; make run fetches them."
    near = get_close_matches(name.split(":")[-1], [file.stem for file in folder.iterdir()], n=3)
    hint = f" Did you mean {', '.join(near)}?" if near else ""
    return f"There is no {folder.name} icon {name!r}.{hint}"
