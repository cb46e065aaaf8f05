"""Lists that guess at identity numbers instead of telling them.

Comparing a list says who bears its numbers, and whether another cooperative has them too: ten
thousand guesses in one file. But a list of people differs from guesses: its numbers are those of
the people beside them, and hardly three of them have birth date, sex and area in common.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from kkmp.lib.identity import Nik, NikError
from kkmp.registry.models import Cooperative
from members.register.models import Member

#: Numbers that are not those of the people beside them; typing errors are fewer.
MOST_WRONG = 10
#: People beyond two with all but the last four digits in common.
MOST_ALIKE = 20
#: Numbers of a list of payments that nobody here has.
MOST_UNKNOWN = 20
_STEM = 12
_SHORTEST_WORD = 3


def is_guessed(
    cooperative: Cooperative,
    niks: Mapping[int, Nik | NikError],
    names: Mapping[int, str],
    known: Mapping[int, Member],
    *,
    on: date,
) -> bool:
    """Whether a list may not be compared with the register.

    :param niks: by row number, as ``names`` and whom the register has of them
    """
    numbers = {row: nik for row, nik in niks.items() if isinstance(nik, Nik)}
    if _alike(numbers.values()) > MOST_ALIKE:
        return True
    of_others = sum(not _words(names[row]) & _words(known[row].name) for row in known)
    new = {row: nik for row, nik in numbers.items() if row not in known}
    return of_others + _of_namesakes(cooperative, new, names, on) > MOST_WRONG


def _alike(niks: Iterable[Nik]) -> int:
    stems = Counter(digits[:_STEM] for digits in {nik.digits for nik in niks})
    return sum(count - 2 for count in stems.values() if count > 2)


def _of_namesakes(
    cooperative: Cooperative, new: Mapping[int, Nik], names: Mapping[int, str], on: date
) -> int:
    """Rows of somebody who is here with the same birth date and a like name, and another NIK."""
    born = {row: nik.born(on) for row, nik in new.items()}
    here: dict[date, set[str]] = {}
    people = Member.objects.of(cooperative).exclude(nik_hash=None)
    rows = people.filter(birth_date__in=set(born.values())).order_by("id")
    for day, name in rows.values_list("birth_date", "name"):
        if day is not None:
            here.setdefault(day, set()).update(_words(name))
    return sum(bool(_words(names[row]) & here.get(day, set())) for row, day in born.items())


def _words(name: str) -> set[str]:
    parts = name.casefold().replace(".", " ").replace(",", " ").split()
    return {part for part in parts if len(part) >= _SHORTEST_WORD}
