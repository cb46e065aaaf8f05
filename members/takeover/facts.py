"""Single facts of a row in a list of members, and what is wrong or odd with each."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from kkmp.imports.rows import Problem, SourceRow
from kkmp.lib.cells import text_of
from kkmp.lib.identity import NikError, NikMissing
from kkmp.lib.money import MoneyError, parse_rupiah_or_none
from kkmp.lib.phone import PhoneError, parse_phone
from members.register.models import Member, Status
from members.register.numbers import member_number
from members.register.services.membership import Particulars
from members.takeover import cells, columns
from members.takeover.services import old_numbers, opening_rules

AMOUNTS = ("principal", "mandatory", "voluntary")
_TEXTS = ("name", "birth_place", "address", "occupation", "agency")
_LABELS = {column.name: column.label for column in columns.MEMBERS}


@dataclass(slots=True)
class Reading:
    """What could be read of a row. ``value`` counts only where there are no problems."""

    number: int
    name: str = ""
    #: What the row is called.
    place: str = ""
    detail: str = ""
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    amounts: dict[str, int] = field(default_factory=dict)
    value: opening_rules.Opening | None = None

    @property
    def kept_number(self) -> int | None:
        """The number that the row's member keeps, if any."""
        person = self.value
        if person is None or person.status_taken != Status.ACTIVE:
            return None
        return person.number

    @property
    def has_status(self) -> bool:
        """Whether the row's status may be taken, so that something follows from it."""
        return not any(problem.column == "status" for problem in self.problems)

    def insert_problem(self, problem: Problem) -> None:
        """A problem with the NIK, which comes before all but a missing name."""
        at = sum(one.code == "name_missing" for one in self.problems)
        self.problems.insert(at, problem)

    def refuse(self, code: str, message: str, column: str) -> None:
        self.problems.append(Problem(code, message, column))

    def warn(self, code: str, message: str, column: str) -> None:
        self.warnings.append(Problem(code, message, column))


def nik_problem(refusal: NikError) -> Problem:
    if isinstance(refusal, NikMissing):
        message = _("The NIK is missing. Fill it in from the KTP.")
    else:
        message = _("%(problem)s Compare it with the KTP.") % {"problem": refusal}
    return Problem(refusal.code, message, "nik")


def old_number(row: SourceRow, reading: Reading) -> int | None:
    """The number on the old card; a running number or a word in its column is none."""
    text = cells.text_or_blank(row["number"])
    if not text:
        return None
    number = cells.member_number(text)
    if number is None:
        reading.warn(
            "number_unreadable",
            _("“%(text)s” cannot be kept as a member number: the next one is given.")
            % {"text": text},
            "number",
        )
    elif not 1 <= number <= old_numbers.MOST:
        message = _("“%(text)s” is no member number.") % {"text": text}
        reading.refuse("number_refused", message, "number")
    return number


def judge_number(person: opening_rules.Opening, reading: Reading) -> None:
    if person.number is None or not reading.has_status:
        return
    if person.status_taken != Status.ACTIVE:
        reading.warn(
            "number_too_early",
            _(
                "Only members have a number: %(number)s is not kept, and this person gets the next "
                "one on becoming a member."
            )
            % {"number": member_number(person.number)},
            "number",
        )


def amounts(row: SourceRow, reading: Reading) -> dict[str, int]:
    amounts = dict.fromkeys(AMOUNTS, 0)
    for name in AMOUNTS:
        try:
            amounts[name] = parse_rupiah_or_none(row[name]) or 0
        except MoneyError as refusal:
            reading.refuse("amount_unreadable", f"“{text_of(row[name])}”: {refusal}", name)
    return amounts


def sex(row: SourceRow, reading: Reading) -> str:
    sex = cells.sex(row["sex"])
    if sex is None:
        reading.warn(
            "sex_unreadable",
            _("“%(text)s” is neither L nor P; what the NIK says will be taken.")
            % {"text": text_of(row["sex"])},
            "sex",
        )
    return sex or ""


def phone(row: SourceRow, reading: Reading) -> str:
    try:
        return parse_phone(row["phone"]) or ""
    except PhoneError:
        reading.warn(
            "phone_unreadable",
            _("“%(text)s” is no phone number and will be left empty.")
            % {"text": text_of(row["phone"])},
            "phone",
        )
        return ""


def rt_rw(row: SourceRow, reading: Reading) -> tuple[str, str]:
    column = "rt_rw"
    both = cells.rt_rw(row["rt_rw"])
    if cells.is_date(row["rt_rw"]):
        _warn_date(row, both, reading)
        return both or ("", "")
    if both == ("", ""):
        column = "rt"
        rt, rw = cells.neighbourhood(row["rt"]), cells.neighbourhood(row["rw"])
        both = None if rt is None or rw is None else (rt, rw)
    if both is None:
        reading.warn(
            "rt_rw_unreadable",
            _("RT and RW cannot be read and will be left empty. Write them like 02/07."),
            column,
        )
    return both or ("", "")


def _warn_date(row: SourceRow, both: tuple[str, str] | None, reading: Reading) -> None:
    """A spreadsheet has made a date of RT and RW; what they were can at best be guessed."""
    words = {"date": text_of(row["rt_rw"])}
    if both:
        words |= {"rt": both[0], "rw": both[1]}
        message = _(
            "The spreadsheet has made the date %(date)s of RT and RW. RT %(rt)s / RW %(rw)s is "
            "taken: compare it with the KTP."
        )
    else:
        message = _(
            "The spreadsheet has made the date %(date)s of RT and RW, and they will be left "
            "empty. Write them like 02/07, in a column of text."
        )
    reading.warn("rt_rw_date", message % words, "rt_rw")


def refuse_nik_in_text(row: SourceRow, reading: Reading) -> None:
    """An identity number among what everybody may read."""
    for name in _TEXTS:
        if re.search(r"\d{16}", re.sub(r"[\s.'’`-]", "", text_of(row[name]))):
            reading.refuse(
                "nik_in_text",
                _(
                    "A number like a NIK stands in the column “%(column)s”. Move it to the column "
                    "of the NIK."
                )
                % {"column": _LABELS[name]},
                name,
            )


def refuse_long(particulars: Particulars, reading: Reading) -> None:
    for name in _TEXTS:
        most = getattr(Member._meta.get_field(name), "max_length", None)
        if most and len(getattr(particulars, name)) > most:
            reading.refuse(
                "too_long",
                _("“%(column)s”: at most %(count)d characters fit here.")
                % {"column": _LABELS[name], "count": most},
                name,
            )
