"""One row of a list of members: read, and everything that is wrong or odd with it."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from kkmp.imports.rows import Problem, SourceRow
from kkmp.lib.cells import date_of, text_of
from kkmp.lib.identity import Nik, NikError, NikMissing
from kkmp.lib.money import MoneyError, parse_rupiah_or_none
from kkmp.lib.names import tidy_name
from kkmp.lib.periods import DateError, format_date
from kkmp.lib.phone import PhoneError, parse_phone
from kkmp.registry.models import Cooperative
from members.register.models import Member, Status
from members.register.numbers import member_number
from members.register.services import warnings
from members.register.services.membership import Particulars
from members.takeover import cells
from members.takeover.services import old_numbers, opening_rules

AMOUNTS = ("principal", "mandatory", "voluntary")
_TEXTS = ("name", "birth_place", "address", "occupation", "agency")
#: Which column of the list an input of the services is about.
_COLUMN_OF = {"principal_idr": "principal", "birth_date": "birth"}


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

    def insert_problem(self, problem: Problem) -> None:
        """A problem with the NIK, which comes before all but a missing name."""
        at = sum(one.code == "name_missing" for one in self.problems)
        self.problems.insert(at, problem)

    def refuse(self, code: str, message: str, column: str) -> None:
        self.problems.append(Problem(code, message, column))

    def warn(self, code: str, message: str, column: str) -> None:
        self.warnings.append(Problem(code, message, column))


class RowReader:
    """Reads the rows of one list.

    :param elsewhere: those of the list whom another cooperative has too
    """

    def __init__(
        self,
        cooperative: Cooperative,
        rule: opening_rules.PrincipalRule,
        on: date,
        elsewhere: Collection[Nik] = (),
    ) -> None:
        self.cooperative = cooperative
        self.rule = rule
        self.on = on
        self.elsewhere = elsewhere

    def read(self, row: SourceRow, nik: Nik | NikError) -> Reading:
        """
        :param nik: of the row, or why it has none
        """
        reading = Reading(
            row.number,
            tidy_name(cells.text_or_blank(row["name"])),
            row.place or str(row.number),
        )
        if not reading.name:
            reading.refuse("name_missing", _("The name is missing. Fill it in."), "name")
        if isinstance(nik, NikError):
            reading.problems.append(_nik_problem(nik))
        particulars = self._particulars(row, nik if isinstance(nik, Nik) else None, reading)
        _refuse_nik_in_text(row, reading)
        reading.amounts = _amounts(row, reading)
        since = self._since(row, reading)
        status = self._status(row, reading, since)
        person = opening_rules.Opening(
            particulars=particulars,
            status=status,
            since=since,
            number=_member_number(row, reading),
            principal_idr=reading.amounts["principal"],
            mandatory_idr=reading.amounts["mandatory"],
            voluntary_idr=reading.amounts["voluntary"],
        )
        self._judge(person, reading)
        _judge_number(person, reading)
        reading.value = person
        reading.detail = " · ".join(
            filter(
                None,
                (
                    str(person.status_taken.label),
                    str(particulars.nik or ""),
                    _called(person),
                    _place(particulars),
                ),
            )
        )
        return reading

    def _particulars(self, row: SourceRow, nik: Nik | None, reading: Reading) -> Particulars:
        birth_place, birth_date = self._birth(row, reading)
        rt, rw = _rt_rw(row, reading)
        occupation = cells.text_or_blank(row["occupation"])
        particulars = Particulars(
            name=reading.name,
            nik=nik,
            birth_place=birth_place,
            birth_date=birth_date,
            sex=_sex(row, reading),
            address=cells.address(row["address"]),
            rt=rt,
            rw=rw,
            phone=_phone(row, reading),
            occupation=occupation,
            is_civil_servant=cells.is_civil_servant(occupation),
            agency=cells.text_or_blank(row["agency"]),
        )
        _refuse_long(particulars, reading)
        return particulars

    def _birth(self, row: SourceRow, reading: Reading) -> tuple[str, date | None]:
        birth_place, column = "", "birth" if cells.text_or_blank(row["birth"]) else "birth_date"
        try:
            if column == "birth":
                return cells.birth(row["birth"], on=self.on)
            birth_place = cells.place(cells.text_or_blank(row["birth_place"]))
            if not cells.text_or_blank(row["birth_date"]):
                return birth_place, None
            return birth_place, cells.birth_day(row["birth_date"], on=self.on)
        except DateError:
            reading.warn(
                "birth_unreadable",
                _("“%(text)s” is no date of birth; the one in the NIK will be taken.")
                % {"text": text_of(row[column])},
                column,
            )
            return birth_place, None

    def _since(self, row: SourceRow, reading: Reading) -> date:
        if not cells.text_or_blank(row["since"]):
            reading.warn(
                "since_missing",
                _("There is no day of registration, so %(day)s is taken; dues count from then.")
                % {"day": format_date(self.on)},
                "since",
            )
            return self.on
        try:
            since = date_of(row["since"], pivot=self.on)
        except DateError as refusal:
            reading.refuse("date_unreadable", str(refusal), "since")
            return self.on
        if since > self.on:
            reading.refuse(
                "date_future",
                _(
                    "Registered on %(since)s, which is after the day of the balances "
                    "(%(on)s). Correct it, or choose a later day for the balances."
                )
                % {"since": format_date(since), "on": format_date(self.on)},
                "since",
            )
        return since

    def _status(self, row: SourceRow, reading: Reading, since: date) -> Status:
        text = cells.text_or_blank(row["status"])
        if not text:
            return self._status_by_payment(reading.amounts["principal"], since)
        status = cells.status(text)
        if status is None:
            reading.refuse(
                "status_unknown",
                _("The status “%(status)s” is not known. Write lunas, belum lengkap or di RW.")
                % {"status": text},
                "status",
            )
        elif status == Status.LEFT:
            message = _("This person has left. Leave the row out.")
            reading.refuse("status_left", message, "status")
        else:
            return status
        return Status.APPLIED

    def _status_by_payment(self, principal_idr: int, since: date) -> Status:
        """The status that the paid principal savings show, where the list has no status."""
        if principal_idr >= min(self.rule.required_idr(since), self.rule.required_idr(self.on)):
            return Status.ACTIVE
        return Status.INCOMPLETE if principal_idr > 0 else Status.APPLIED

    def _judge(self, person: opening_rules.Opening, reading: Reading) -> None:
        told = {problem.column for problem in reading.problems}
        if not told & {"status", *AMOUNTS}:
            for refusal in opening_rules.refusals(person, self.rule, on=self.on):
                column = _COLUMN_OF.get(refusal.field or "", refusal.field or "")
                reading.problems.append(Problem.of(refusal, column))
        for warning in warnings.about(
            person.particulars,
            cooperative=self.cooperative,
            on=self.on,
            elsewhere=self.elsewhere,
        ):
            reading.warn(
                warning.code, warning.message, _COLUMN_OF.get(warning.field, warning.field)
            )
        if person.status_taken != person.status:
            reading.warn(
                "has_paid",
                _("A part of the principal savings is paid, so the status becomes “%(status)s”.")
                % {"status": person.status_taken.label},
                "status",
            )


def _nik_problem(refusal: NikError) -> Problem:
    if isinstance(refusal, NikMissing):
        message = _("The NIK is missing. Fill it in from the KTP.")
    else:
        message = _("%(problem)s Compare it with the KTP.") % {"problem": refusal}
    return Problem(refusal.code, message, "nik")


def _member_number(row: SourceRow, reading: Reading) -> int | None:
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


def _judge_number(person: opening_rules.Opening, reading: Reading) -> None:
    if person.number is not None and person.status_taken != Status.ACTIVE:
        reading.warn(
            "number_too_early",
            _(
                "Only members have a number: %(number)s is not kept, and this person gets the next "
                "one on becoming a member."
            )
            % {"number": member_number(person.number)},
            "number",
        )


def _amounts(row: SourceRow, reading: Reading) -> dict[str, int]:
    amounts = dict.fromkeys(AMOUNTS, 0)
    for name in AMOUNTS:
        try:
            amounts[name] = parse_rupiah_or_none(row[name]) or 0
        except MoneyError as refusal:
            reading.refuse("amount_unreadable", f"“{text_of(row[name])}”: {refusal}", name)
    return amounts


def _sex(row: SourceRow, reading: Reading) -> str:
    sex = cells.sex(row["sex"])
    if sex is None:
        reading.warn(
            "sex_unreadable",
            _("“%(text)s” is neither L nor P; what the NIK says will be taken.")
            % {"text": text_of(row["sex"])},
            "sex",
        )
    return sex or ""


def _phone(row: SourceRow, reading: Reading) -> str:
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


def _rt_rw(row: SourceRow, reading: Reading) -> tuple[str, str]:
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


def _refuse_nik_in_text(row: SourceRow, reading: Reading) -> None:
    """An identity number among what everybody may read."""
    for name in _TEXTS:
        if re.search(r"\d{16}", re.sub(r"[\s.'’`-]", "", text_of(row[name]))):
            reading.refuse(
                "nik_in_text",
                _("A number like a NIK stands in this text. Move it to the column of the NIK."),
                name,
            )


def _refuse_long(particulars: Particulars, reading: Reading) -> None:
    for name in _TEXTS:
        most = getattr(Member._meta.get_field(name), "max_length", None)
        if most and len(getattr(particulars, name)) > most:
            reading.refuse(
                "too_long", _("At most %(count)d characters fit here.") % {"count": most}, name
            )


def _called(person: opening_rules.Opening) -> str:
    """The number that is kept, to be compared with the card."""
    is_member = person.status_taken == Status.ACTIVE
    number = member_number(person.number) if is_member else ""
    return _("no. %(number)s") % {"number": number} if number else ""


def _place(particulars: Particulars) -> str:
    return f"RT {particulars.rt} / RW {particulars.rw}" if particulars.rt else ""
