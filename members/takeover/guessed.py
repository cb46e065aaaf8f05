"""Lists that guess at identity numbers instead of telling them.

Comparing a list says who bears its numbers, and whether another cooperative has them too: ten
thousand guesses in one file. But a list of people differs from guesses: its numbers are those of
the people beside them, and hardly three of them have birth date, sex and area in common. Guesses
in many small lists, or in one row that is corrected again and again, are counted by the day.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone

from kkmp.access.models import User
from kkmp.access.services import tries
from kkmp.access.services.tries import Limit
from kkmp.lib.identity import Nik, NikError
from kkmp.registry.models import Cooperative
from members.register.models import Member
from members.register.persons import Sex, nik_hash

#: Numbers that are not those of the people beside them; typing errors are fewer.
MOST_WRONG = 10
#: People beyond two with all but the last four digits in common.
MOST_ALIKE = 20
#: Numbers of a list of payments that nobody here has.
MOST_UNKNOWN = 20
_STEM = 12
_SHORTEST_WORD = 3
#: Birth date, name and sex.
_Born = tuple[date, str, str]
_DAY, _HALF_DAY = timedelta(days=1), timedelta(hours=12)
#: Numbers of one person's lists in a day that may be guesses at somebody: of who shares birth date
#: and sex with the bearer, which of new people few do, and of who is called otherwise.
IN_A_DAY = Limit(kind="nik_in_lists", most=60, window=_DAY, rest=_HALF_DAY, is_cleared=False)
#: The more people there are, the more new ones share a birth date with somebody.
_PEOPLE_FOR_ONE_MORE = 25
#: The same number again is no further guess: a list is looked at many times.
_ONCE = Limit(kind="nik_in_lists_once", most=1, window=_DAY, rest=_DAY)


def is_guessed(
    cooperative: Cooperative,
    niks: Mapping[int, Nik | NikError],
    names: Mapping[int, str],
    known: Mapping[int, Member],
    *,
    on: date,
    by: User | None = None,
) -> bool:
    """Whether a list may not be compared with the register.

    :param niks: by row number, as ``names`` and whom the register has of them
    :param by: whose list it is; None for the operator
    """
    numbers = {row: nik for row, nik in niks.items() if isinstance(nik, Nik)}
    if _alike(numbers.values()) > MOST_ALIKE:
        return True
    of_others = [row for row in known if not _words(names[row]) & _words(known[row].name)]
    new = {row: nik for row, nik in numbers.items() if row not in known}
    here = _born_with(cooperative, new.values(), on) if new else []
    if len(of_others) + _of_namesakes(new, names, here, on) > MOST_WRONG:
        return True
    tried = [*(numbers[row] for row in of_others), *_of_same_birth(new.values(), here, on)]
    digests = {nik_hash(cooperative.pk, nik.digits) for nik in tried}
    return bool(numbers) and is_tried_too_often(cooperative, digests, by)


def is_tried_too_often(
    cooperative: Cooperative, digests: Collection[bytes], by: User | None
) -> bool:
    """Count numbers that may be guesses, each once a day; whether it was too many of them.

    Then no list is compared: one that tells of right numbers alone would tell all the same.

    :param digests: hashes of the numbers
    """
    if by is None:
        return False
    people = Member.objects.of(cooperative).exclude(nik_hash=None).count()
    limit = replace(IN_A_DAY, most=IN_A_DAY.most + people // _PEOPLE_FOR_ONE_MORE)
    at, day = timezone.now(), limit.key(by.pk, cooperative.pk)
    if tries.state(day, at=at).is_shut:
        return True
    once = [_ONCE.key(by.pk, digest.hex()) for digest in sorted(digests)]
    try:
        for key in tries.open_ones(once, at=at):
            tries.take(key, day, at=at)
    except tries.TooManyTries:
        return True
    return tries.state(day, at=at).is_shut


def _alike(niks: Iterable[Nik]) -> int:
    stems = Counter(digits[:_STEM] for digits in {nik.digits for nik in niks})
    return sum(count - 2 for count in stems.values() if count > 2)


def _born_with(cooperative: Cooperative, niks: Iterable[Nik], on: date) -> list[_Born]:
    """Whoever is here with a NIK and was born on a day that one of the numbers names."""
    people = Member.objects.of(cooperative).exclude(nik_hash=None)
    rows = people.filter(birth_date__in={nik.born(on) for nik in niks}).order_by("id")
    return [
        (day, name, sex)
        for day, name, sex in rows.values_list("birth_date", "name", "sex")
        if day is not None
    ]


def _of_namesakes(
    new: Mapping[int, Nik], names: Mapping[int, str], here: Iterable[_Born], on: date
) -> int:
    """Rows of somebody who is here with the same birth date and a like name, and another NIK."""
    words: dict[date, set[str]] = {}
    for day, name, _sex in here:
        words.setdefault(day, set()).update(_words(name))
    return sum(
        bool(_words(names[row]) & words.get(nik.born(on), set())) for row, nik in new.items()
    )


def _of_same_birth(niks: Iterable[Nik], here: Iterable[_Born], on: date) -> list[Nik]:
    """Numbers that could be another serial of somebody here, by what everybody sees of them."""
    births = {(day, sex) for day, _name, sex in here}
    return [
        nik
        for nik in niks
        if {(nik.born(on), Sex.FEMALE if nik.female else Sex.MALE), (nik.born(on), "")} & births
    ]


def _words(name: str) -> set[str]:
    parts = name.casefold().replace(".", " ").replace(",", " ").split()
    return {part for part in parts if len(part) >= _SHORTEST_WORD}
