"""The language of what outlives a page."""

from django.conf import settings
from django.utils.translation import override


def in_indonesian() -> override:
    """For books, papers and messages: the cooperative's language, in whichever a page is read."""
    return override(settings.LANGUAGE_CODE)
