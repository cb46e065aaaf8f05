"""Where the books send whoever would correct a journal of payments."""

from django.utils.translation import gettext_lazy as _

IN_PAYMENTS = _(
    "This entry came from a payment of a buyer. It is put right where payments are confirmed."
)
