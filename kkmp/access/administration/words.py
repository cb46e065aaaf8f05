"""Words of the administration's theme, which comes in English only, and of Django's own that are
misspelt in Indonesian.

Listing them here takes them into our catalogue; nothing imports this module.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

WORDS = (
    gettext_noop("Filters"),
    gettext_noop("Type to search"),
    gettext_noop("Select value"),
    gettext_noop("Select record"),
    gettext_noop("Select action"),
    gettext_noop("Select action to run"),
    gettext_noop("Expand row"),
    gettext_noop("entries"),
    gettext_noop("No data"),
    gettext_noop("More actions"),
    gettext_noop("All applications"),
    gettext_noop("True"),
    gettext_noop("False"),
    gettext_noop("Apply Filters"),
    gettext_noop("Select all rows"),
    gettext_noop("No results matching your query"),
    gettext_noop("No results found"),
    gettext_noop("This page yielded into no results. Create a new item or reset your filters."),
    gettext_noop("Reset filters"),
    gettext_noop("Image preview"),
    gettext_noop("Click to download"),
    gettext_noop("Choose file to upload"),
    gettext_noop("Go back"),
    gettext_noop("Search apps and models..."),
    gettext_noop("System"),
    gettext_noop("Toggle password visibility"),
    gettext_noop("%(counter)s results"),
    gettext_noop("%(full_result_count)s total"),
    gettext_noop("Please correct the errors below."),
    ngettext_lazy("Please correct the error below.", "Please correct the errors below.", "count"),
    gettext_noop("Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only."),
)
