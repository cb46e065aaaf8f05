"""Parts of addresses that are numbers, each with an end: what lies beyond it is no address."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class Year(IntConverter):
    """A year that can be typed here: 1900 to 2199."""

    regex = r"(?:19|20|21)\d\d"


class Month(IntConverter):
    regex = r"0?[1-9]|1[0-2]"


class Ordinal(IntConverter):
    """A place in a list: a row of a spreadsheet, with millions for each sheet before its own."""

    regex = r"\d{1,9}"


def register() -> None:
    """Make them known to addresses, as ``<year:year>``; before the first address is read."""
    register_converter(Year, "year")
    register_converter(Month, "month")
    register_converter(Ordinal, "ordinal")
