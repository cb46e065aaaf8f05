"""What joining costs, as forms, posters and messages say it."""

from dataclasses import dataclass
from datetime import date

from kkmp.registry import queries as registry
from kkmp.registry.models import Cooperative, CooperativeSettings
from members.register.models import Category


@dataclass(frozen=True, slots=True)
class Terms:
    """What one category of members pays, by the settings of a day."""

    category: Category
    principal_idr: int
    mandatory_idr: int
    allows_instalments: bool

    @classmethod
    def of(cls, decided: CooperativeSettings, category: str) -> "Terms":
        return cls(
            Category(category),
            decided.principal_of(category),
            decided.mandatory_of(category),
            decided.allows_instalments,
        )


def of_category(cooperative: Cooperative, category: str, day: date) -> Terms | None:
    """The terms of one category; None where the cooperative has decided nothing yet."""
    terms = on(cooperative, day)
    return next((one for one in terms if one.category == category), terms[0] if terms else None)


def on(cooperative: Cooperative, day: date) -> list[Terms]:
    """The terms of each category, ordinary members first; one where all pay the same.

    Empty where the cooperative has decided nothing yet, and so takes nobody in.
    """
    try:
        decided = registry.settings_on(cooperative, day)
    except registry.NoSettings:
        return []
    ordinary, other = (Terms.of(decided, category) for category in Category)
    same = (ordinary.principal_idr, ordinary.mandatory_idr) == (
        other.principal_idr,
        other.mandatory_idr,
    )
    return [ordinary] if same else [ordinary, other]
