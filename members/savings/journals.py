"""Where the books send whoever would correct a journal of savings."""

from django.utils.translation import gettext_lazy as _

IN_SAVINGS = _(
    "This entry came from a member's savings. Correct it on the member's page, under the receipt "
    "of the payment: the savings and the books then change together."
)
