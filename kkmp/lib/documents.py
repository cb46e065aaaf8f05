"""Documents on paper, as PDF, set by typst."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.conf import settings


def render(template: str, data: Mapping[str, Any]) -> bytes:
    """Set a document.

    What people typed stays text: the data goes in as JSON, and typst reads values from it and
    never markup or code. Only the fonts that typst brings along are used, so that a document
    looks the same on every machine.

    :param template: path below ``templates/``, such as ``members/documents/receipt_a4.typ``
    :param data: anything JSON; the template reads it with ``json(bytes(sys.inputs.data))``
    """
    root = Path(settings.BASE_DIR, "templates")
    return typst.compile(
        str(root / template),
        root=str(root),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
    )
