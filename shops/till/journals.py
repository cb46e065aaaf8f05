"""Where the books send whoever would correct a journal of sales."""

from django.utils.translation import gettext_lazy as _

AT_THE_TILL = _(
    "This entry came from a sale. It is put right with the sale, so that stock, cash and books "
    "change together."
)
