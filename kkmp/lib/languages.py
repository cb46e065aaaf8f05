"""The language of what outlives a page."""

from django.conf import settings
from django.utils.translation import override


def in_indonesian() -> override:
    """Switches to Indonesian, the language of books, papers and messages, whatever the page's."""
    return override(settings.LANGUAGE_CODE)
