"""Values that filters of people have in common, as an address names them."""

from django.utils.translation import gettext_lazy as _

#: What is asked for is that nothing is recorded.
NONE = "none"
NOT_RECORDED = _("Not recorded")
#: Every status together, on pages that show the active ones unless told otherwise.
ALL = "all"
