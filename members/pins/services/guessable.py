"""Which PINs somebody who knows the member, or has seen the card, would try first."""

from collections.abc import Iterator
from datetime import date

from members.register.models import Member

_RUNNING = ("01234567890123456789", "98765432109876543210")
#: A PIN with this many digits of the member number, or of the end of the NIK, is guessable.
_LONG_ENOUGH = 4


def is_guessable(digits: str, member: Member) -> bool:
    """Whether a PIN of six digits is too plain, or is written on the member's papers."""
    return _is_plain(digits) or any(part in digits for part in _known_of(member, len(digits)))


def _is_plain(digits: str) -> bool:
    """Few different digits, running ones, or one half said twice."""
    half = len(digits) // 2
    return (
        len(set(digits)) < 3
        or any(digits in run for run in _RUNNING)
        or digits[:half] == digits[half:]
    )


def _known_of(member: Member, length: int) -> Iterator[str]:
    if member.number:
        yield str(member.number).zfill(_LONG_ENOUGH)
    nik = member.unsealed_nik()
    yield from _parts(nik, length)
    if nik:
        yield nik[-_LONG_ENOUGH:]
    yield from _parts(member.phone.lstrip("+"), length)
    if member.birth_date:
        yield from _days(member.birth_date)


def _parts(text: str, length: int) -> Iterator[str]:
    return (text[at : at + length] for at in range(len(text) - length + 1))


def _days(day: date) -> Iterator[str]:
    """A day as people write it, in six digits, and its year beside two more."""
    for shape in ("%d%m%y", "%m%d%y", "%y%m%d", "%y%d%m"):
        yield day.strftime(shape)
    yield f"{day.year:04d}"
