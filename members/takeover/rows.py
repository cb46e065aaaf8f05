"""One row of a list of members: read, and everything that is wrong or odd with it."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from kkmp.imports.rows import Problem, SourceRow
from kkmp.lib.cells import date_of, text_of
from kkmp.lib.identity import Nik, NikError
from kkmp.lib.names import tidy_name
from kkmp.lib.periods import DateError, format_date
from kkmp.registry.models import Cooperative
from members.register.models import Status
from members.register.numbers import member_number
from members.register.services import warnings
from members.register.services.membership import Particulars
from members.takeover import cells, facts
from members.takeover.facts import AMOUNTS, Reading
from members.takeover.services import opening_rules

#: Which column of the list an input of the services is about.
_COLUMN_OF = {f"{name}_idr": name for name in AMOUNTS} | {"birth_date": "birth"}


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
            reading.problems.append(facts.nik_problem(nik))
        particulars = self._particulars(row, nik if isinstance(nik, Nik) else None, reading)
        facts.refuse_nik_in_text(row, reading)
        reading.amounts = facts.amounts(row, reading)
        since = self._since(row, reading)
        status = self._status(row, reading, since)
        person = opening_rules.Opening(
            particulars=particulars,
            status=status,
            since=since,
            number=facts.old_number(row, reading),
            principal_idr=reading.amounts["principal"],
            mandatory_idr=reading.amounts["mandatory"],
            voluntary_idr=reading.amounts["voluntary"],
        )
        self._judge(person, reading)
        facts.judge_number(person, reading)
        reading.value = person
        reading.detail = " · ".join(
            filter(
                None,
                (
                    _status_label(person, reading),
                    _("NIK recorded") if particulars.nik else "",
                    _called(person),
                    _place(particulars),
                ),
            )
        )
        return reading

    def _particulars(self, row: SourceRow, nik: Nik | None, reading: Reading) -> Particulars:
        birth_place, birth_date = self._birth(row, reading)
        rt, rw = facts.rt_rw(row, reading)
        occupation = cells.text_or_blank(row["occupation"])
        particulars = Particulars(
            name=reading.name,
            nik=nik,
            birth_place=birth_place,
            birth_date=birth_date,
            sex=facts.sex(row, reading),
            address=cells.address(row["address"]),
            rt=rt,
            rw=rw,
            phone=facts.phone(row, reading),
            occupation=occupation,
            is_civil_servant=cells.is_civil_servant(occupation),
            agency=cells.text_or_blank(row["agency"]),
        )
        facts.refuse_long(particulars, reading)
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
            return status
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
        if person.status_taken != person.status and "status" not in told:
            reading.warn(
                "has_paid",
                _("A part of the principal savings is paid, so the status becomes “%(status)s”.")
                % {"status": person.status_taken.label},
                "status",
            )


def _status_label(person: opening_rules.Opening, reading: Reading) -> str:
    """The status that is shown; nothing where the row's own is not known."""
    is_known = person.status == Status.LEFT or reading.has_status
    return str(person.status_taken.label) if is_known else ""


def _called(person: opening_rules.Opening) -> str:
    """The number that is kept, to be compared with the card."""
    is_member = person.status_taken == Status.ACTIVE
    number = member_number(person.number) if is_member else ""
    return _("no. %(number)s") % {"number": number} if number else ""


def _place(particulars: Particulars) -> str:
    return f"RT {particulars.rt} / RW {particulars.rw}" if particulars.rt else ""
