"""What journals are called, and where a wrong one is put right.

A kind is what caused a journal, dotted: ``savings.deposit``. A reversal is of its original's
kind with ``.reversal`` behind it. Whoever posts registers it, with the page that undoes it; the
books know none but their own, and post none that nobody has registered.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from kkmp.access.permissions import Permission

if TYPE_CHECKING:
    from finance.ledger.models import Journal

OPENING_CASH = "opening.cash"
MANUAL = "manual"
#: Posted by finance itself; a reversal of one changes nothing outside the books.
OWN = frozenset({OPENING_CASH, MANUAL})
_REVERSAL = ".reversal"


@dataclass(frozen=True, slots=True)
class Place:
    """A page on which a journal is put right.

    :param url: of a page that answers whoever has the permission
    """

    url: str
    permission: Permission


#: Finds the page for a journal of its kind; None where what it was about is gone.
Finder = Callable[["Journal"], Place | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of journal; the books put their own right themselves, and need no more than a name.

    :param correct: the sentence that says where to put it right
    """

    label: StrOrPromise
    correct: StrOrPromise = ""
    find: Finder | None = None


_registered: dict[str, Kind] = {
    OPENING_CASH: Kind(gettext_lazy("Opening cash and bank")),
    MANUAL: Kind(gettext_lazy("Manual entry")),
}


def register(correct: StrOrPromise, find: Finder, /, **labels: StrOrPromise) -> None:
    """Say what an app posts, in its ``plugins``; saying it twice changes nothing.

    :param correct: the sentence that says where it is put right
    :param find: the page that does it
    :param labels: by kind, with an underscore for the dot: ``savings_deposit=_("…")``
    """
    for name, label in labels.items():
        _registered[name.replace("_", ".")] = Kind(label, correct, find)


def registered() -> Mapping[str, Kind]:
    """All kinds by their names."""
    return MappingProxyType(_registered)


def is_known(kind: str) -> bool:
    """Whether anybody has said what it is and where it is put right."""
    return original(kind) in _registered


def original(kind: str) -> str:
    """The kind without what a reversal adds."""
    return kind.removesuffix(_REVERSAL)


def reversal(kind: str) -> str:
    """The kind of what undoes a journal of this kind."""
    return f"{kind}{_REVERSAL}"


def label(kind: str) -> str:
    """The name in the reader's language; an unknown kind is shown as it is."""
    known = _registered.get(original(kind))
    name = str(known.label) if known else original(kind)
    return _("%(kind)s (reversed)") % {"kind": name} if kind != original(kind) else name


def where_to_correct(kind: str) -> str:
    """Where a journal of this kind is put right; empty if the books do it themselves."""
    if kind in OWN:
        return ""
    known = _registered.get(original(kind))
    return str(known.correct) if known else _("This entry is put right where it was made.")


def place_to_correct(journal: "Journal") -> Place | None:
    """The page on which this journal is put right; None for the books' own, and reversals."""
    known = _registered.get(journal.kind)
    return known.find(journal) if known and known.find else None
