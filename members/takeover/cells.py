"""Reading what stands in the cells of a list of members."""

import re
from datetime import date

from kkmp.lib.cells import Cell, date_of, text_of
from kkmp.lib.identity import ADULT_AGE
from kkmp.lib.names import tidy_name
from kkmp.lib.periods import DateError
from members.register.models import Status
from members.register.persons import Sex

#: What people write into a cell to leave it blank.
BLANKS = {"", "-", "--", "–", "—", ".", "?", "n/a"}


def text_or_blank(cell: Cell) -> str:
    text = text_of(cell)
    return "" if text.lower() in BLANKS else text


def birth(cell: Cell, *, on: date) -> tuple[str, date | None]:
    """Place and day of birth of an adult: ``Kendal, 15-07-1963``, ``SEMARANG/7/7/1980``.

    :param on: the day they are an adult on, which settles the century of two-digit years
    :raises DateError: there is something like a date that is none
    """
    text = text_or_blank(cell)
    found = re.search(r"\d", text)
    if found is None:
        return place(text), None
    return place(text[: found.start()]), birth_day(text[found.start() :], on=on)


def birth_day(cell: Cell, *, on: date) -> date:
    """:raises DateError: it is none, or lies after ``on``"""
    born = date_of(cell, pivot=_adults_born_until(on))
    if born > on:
        raise DateError("")
    return born


def place(text: str) -> str:
    name = text.strip(" ,./-:;")
    return tidy_name(name)


_FEMALE = {"p", "pr", "perempuan", "wanita", "w", "f", "female", "cewek"}
_MALE = {"l", "lk", "laki laki", "lakilaki", "laki", "pria", "m", "male", "cowok"}


def sex(cell: Cell) -> str | None:
    """``Sex`` of a cell, empty for a blank, None for what cannot be read."""
    word = " ".join(re.findall(r"[a-z]+", text_or_blank(cell).lower()))
    if not word:
        return ""
    return Sex.FEMALE if word in _FEMALE else Sex.MALE if word in _MALE else None


_STREET = r"(?:jl|jln|jalan|gg|gang)\b\.?\s*"


def address(cell: Cell) -> str:
    """An address with one word for street: ``Jl. Jl. BKR No. 48`` is ``Jl. BKR No. 48``.

    The last of several counts: ``Jl. Gang Jamika`` is an alley.
    """
    return re.sub(rf"^(?:{_STREET})+(?={_STREET})", "", text_or_blank(cell), flags=re.IGNORECASE)


_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
#: Years that a spreadsheet puts to a day and month by itself: those in which lists are typed.
_TYPED_IN = range(2020, 2040)


def is_date(cell: Cell) -> bool:
    """Whether a spreadsheet has made a date of what was typed."""
    return bool(_DATE.fullmatch(text_or_blank(cell)))


def rt_rw(cell: Cell) -> tuple[str, str] | None:
    """``02/07``, ``RT 2 RW 7`` and the like as ``("002", "007")``; None if it cannot be read.

    A spreadsheet likes to turn ``02/07`` into the second of July, and ``06/13``, which is no day,
    into the first of June 2013. Where it may have been either, nothing is read.
    """
    text = text_or_blank(cell)
    if not text:
        return "", ""
    if match := _DATE.fullmatch(text):
        year, month, day = map(int, match.groups())
        if day > 1:
            return three_digits(match[3]), three_digits(match[2])
        if year in _TYPED_IN:
            return None
        return three_digits(str(month)), three_digits(str(year % 100))
    match = re.fullmatch(
        r"(?:rt)?\D{0,3}(\d{1,3})\s*(?:\D{1,3}|\D{0,3}rw\D{0,3})(\d{1,3})", text.lower()
    )
    return (three_digits(match[1]), three_digits(match[2])) if match else None


def neighbourhood(cell: Cell) -> str | None:
    """One of RT and RW in a column of its own; None if it cannot be read."""
    text = text_or_blank(cell)
    match = re.fullmatch(r"(?:r[tw])?\D{0,2}(\d{1,3})", text.lower())
    return three_digits(match[1]) if match else None if text else ""


def three_digits(number: str) -> str:
    """The number with three digits, as identity cards print RT and RW."""
    return f"{int(number):03d}"


#: State employees by law: civil servants and those on contract (UU 20/2023), not the army.
_CIVIL_SERVANT = re.compile(r"\b(?:asn|pns|cpns|pppk|p3k)\b", re.IGNORECASE)


def member_number(text: str) -> int | None:
    """``12`` of ``0012``, ``A-0012`` and ``0012/KKMP``; None where it is not told apart."""
    found = re.fullmatch(r"\D{0,6}?(\d{1,9})\D{0,20}", text)
    return int(found[1]) if found else None


def is_civil_servant(occupation: str) -> bool:
    return bool(_CIVIL_SERVANT.search(occupation))


_STATUSES = {
    Status.ACTIVE: {
        "lunas",
        "aktif",
        "anggota",
        "anggota aktif",
        "sudah lunas",
        "sudah bayar",
        "active",
    },
    Status.INCOMPLETE: {
        "belum lengkap",
        "belum lunas",
        "kurang",
        "kurang lengkap",
        "belum bayar",
        "cicil",
        "mencicil",
        "angsur",
        "incomplete",
    },
    Status.APPLIED: {"terdaftar", "mendaftar", "daftar", "baru", "calon anggota", "applied"},
    Status.LEAD: {"di rw", "rw", "daftar rw", "data rw", "calon", "lead"},
    Status.LEFT: {"keluar", "berhenti", "mundur", "pindah", "meninggal", "wafat", "left"},
}


def status(cell: Cell) -> Status | None:
    """A step of the funnel; None for what cannot be read. Ask :func:`text_or_blank` first."""
    word = " ".join(re.findall(r"[a-z]+", text_of(cell).lower()))
    return next((status for status, words in _STATUSES.items() if word in words), None)


def _adults_born_until(on: date) -> date:
    return date(on.year - ADULT_AGE, on.month, min(on.day, 28))
