"""Words in the address of a page that lists people."""

from django.utils.translation import gettext_lazy as _

#: What is asked for is that nothing is recorded.
NONE = "none"
NOT_RECORDED = _("Not recorded")
#: Every status together, on pages that show the active ones unless told otherwise.
ALL = "all"
