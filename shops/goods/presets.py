"""Rules of the usual subsidised goods, to begin with; figures and sources are to be checked.

They are what was published in 2024 and 2025. Whoever adds one looks up what holds now.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from shops.pricing.terms import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A rule to begin with, for one measure of the product as ``label`` says.

    :param source: stands on the rule in the language of the books
    """

    code: str
    label: StrOrPromise
    source: str
    ceiling_idr: int
    most_quantity: Decimal | None = None
    period: Period = Period.DAY
    no_wholesale: bool = False
    needs_identity: bool = False

    def initial(self) -> Mapping[str, Any]:
        """What the form begins with."""
        names = ("source", "ceiling_idr", "most_quantity", "period", "no_wholesale")
        return {name: getattr(self, name) for name in (*names, "needs_identity")}


PRESETS = (
    Preset(
        code="lpg-3kg",
        label=_("LPG 3 kg, a cylinder"),
        source="HET pangkalan Jawa Tengah, Kepgub 540/20/2024 (perlu dicek)",
        ceiling_idr=18_000,
        no_wholesale=True,
        needs_identity=True,
    ),
    Preset(
        code="sphp-5kg",
        label=_("SPHP rice, a bag of 5 kg"),
        source="Beras SPHP 2025, zona 1: Rp12.500/kg, 2 kemasan per pembeli (perlu dicek)",
        ceiling_idr=62_500,
        most_quantity=Decimal(2),
        no_wholesale=True,
    ),
    Preset(
        code="sphp-kg",
        label=_("SPHP rice, a kilogram"),
        source="Beras SPHP 2025, zona 1: Rp12.500/kg, 10 kg per pembeli (perlu dicek)",
        ceiling_idr=12_500,
        most_quantity=Decimal(10),
        no_wholesale=True,
    ),
    Preset(
        code="minyakita",
        label=_("Minyakita, a litre"),
        source="HET Minyakita 2024: Rp15.700/liter (perlu dicek)",
        ceiling_idr=15_700,
    ),
)


def preset(code: str) -> Preset | None:
    """The one so named; None where there is none."""
    return next((each for each in PRESETS if each.code == code), None)


#: Names of what the state subsidises, as shops write them; ``LPG 5,5 kg`` is not among them.
_SUBSIDISED = re.compile(
    r"\b(?:sphp|minyakk?ita|minyak\s+kita)\b"
    r"|\b(?:lpg|elpiji|gas)\W*(?:melon|3\W*kg\b)"
    r"|(?<!\bnon)(?<!\bnon[ -])(?:subsidi\b|\bbersubsidi\b)",
    re.IGNORECASE,
)


def is_known_subsidised(name: str) -> bool:
    """Whether goods of this name are subsidised, whatever else is said of them."""
    return _SUBSIDISED.search(name) is not None
