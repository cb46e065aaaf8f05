"""Our own stylesheets."""

import re
from pathlib import Path

from django.conf import settings

_FILES = sorted(Path(settings.BASE_DIR, "kkmp/static/kkmp/css").glob("*.css"))


def test_widths_are_asked_for_in_letters(case):
    """In pixels a query does not know how large somebody's letters are; on paper mm are mm."""
    assert len(_FILES) > 20
    for file in _FILES:
        with case(file.name):
            queries = re.findall(r"@(?:media|container)[^{]*", file.read_text(encoding="utf-8"))
            assert [one for one in queries if re.search(r"width: *[\d.]+(px|em)\b", one)] == []
