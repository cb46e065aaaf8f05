"""A unit of business as programs name it."""

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from finance.ledger.models import BusinessUnit
from kkmp.registry.models import Cooperative


def unit_named(cooperative: Cooperative, code: str) -> BusinessUnit:
    """The unit with this code.

    :raises ValidationError: the cooperative has none
    """
    unit = BusinessUnit.objects.of(cooperative).filter(code=code).first()
    if unit is None:
        raise ValidationError({"unit": [_("There is no such unit of business.")]})
    return unit
