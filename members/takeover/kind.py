"""The list of members as the import knows it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from typing_extensions import override

from kkmp.access.models import User
from kkmp.access.permissions import Permission
from kkmp.imports.kinds import ImportKind
from kkmp.imports.models import ImportBatch
from kkmp.imports.rows import Blocker, Posted, Problem, SourceRow, Touched, Verdict
from kkmp.lib.identity import Nik, NikError, NikMissing, parse_nik
from kkmp.registry.models import Cooperative
from kkmp.registry.services import identity_marks
from members.register.models import Member
from members.register.numbers import member_number
from members.takeover import cells, guessed, undoing
from members.takeover.columns import MEMBERS
from members.takeover.facts import Reading
from members.takeover.known import Known, Register
from members.takeover.rows import RowReader
from members.takeover.services import old_numbers, opening, opening_rules, updates


class MemberList(ImportKind):
    code = "members"
    slug = "anggota"
    permission = Permission.MEMBERS_IMPORT
    columns = MEMBERS
    totals = (
        ("principal", gettext_lazy("Principal savings")),
        ("mandatory", gettext_lazy("Mandatory savings")),
        ("voluntary", gettext_lazy("Voluntary savings")),
    )
    title = gettext_lazy("Members")
    icon = "users"
    lead = gettext_lazy(
        "The list of members that you keep in a spreadsheet, with what each of them has saved."
    )
    done_url_name = "members:list"
    done_label = gettext_lazy("See the members")

    changes_known = True
    undo_words = gettext_lazy(
        "The people leave the register: their line stays with the status “Left”, their member "
        "numbers go only to whom the corrected file gives them, and their NIKs are free for it."
    )

    def check(
        self,
        rows: Sequence[SourceRow],
        *,
        cooperative: Cooperative,
        on: date,
        by: User | None = None,
    ) -> list[Verdict]:
        niks = {row.number: _nik(row) for row in rows}
        register = Register(cooperative, niks)
        names = {row.number: cells.text_or_blank(row["name"]) for row in rows}
        is_guessed = guessed.is_guessed(cooperative, niks, names, register.members, on=on, by=by)
        asked = [nik for nik in niks.values() if isinstance(nik, Nik) and not is_guessed]
        elsewhere = identity_marks.elsewhere(cooperative=cooperative, niks=asked)
        rule = opening_rules.PrincipalRule.of(cooperative)
        reader = RowReader(cooperative, rule, on, elsewhere)
        first: dict[str, Reading] = {}
        readings = []
        for row in rows:
            nik = niks[row.number]
            reading = reader.read(row, nik)
            if isinstance(nik, Nik):
                before = first.setdefault(nik.digits, reading)
                if before is not reading:
                    reading.insert_problem(_twice(before))
                if is_guessed:
                    reading.insert_problem(_guessed())
            known = None if is_guessed else register.compared(row, reading)
            readings.append((reading, known))
        _refuse_taken_numbers(cooperative, [reading for reading, known in readings if not known])
        return [
            _known(reading, known) if known else _new(reading, register)
            for reading, known in readings
        ]

    @override
    def post(
        self,
        verdicts: Sequence[Verdict],
        *,
        cooperative: Cooperative,
        changes: Sequence[Verdict] = (),
        key: UUID,
        on: date,
        by: User | None,
        title: str = "",
    ) -> Posted:
        updated = updates.edit_many(
            cooperative=cooperative,
            updates=[verdict.value for verdict in changes],
            on=on,
            by=by,
        )
        taken = opening.TakenOver([], [])
        if verdicts:
            taken = opening.take_over(
                cooperative=cooperative,
                people=[verdict.value for verdict in verdicts],
                key=key,
                on=on,
                by=by,
            )
        return Posted(
            len(taken.members),
            len(taken.journals),
            changed=len(updated),
            touched=[
                *(_touched(member, is_new=True) for member in taken.members),
                *(_touched(one.member, is_new=False) for one in updated),
            ],
            kept=undoing.kept(updated) if updated else "",
        )

    def blockers(self, batch: ImportBatch) -> list[Blocker]:
        return undoing.blockers(batch)

    def undo(self, batch: ImportBatch, *, reason: str, on: date, by: User | None) -> None:
        undoing.undo(batch, reason=reason, on=on, by=by)


def _nik(row: SourceRow) -> Nik | NikError:
    cell = row["nik"]
    if isinstance(cell, str) and not any(letter.isdigit() for letter in cell):
        return NikMissing("")
    try:
        return parse_nik(cell)
    except NikError as refusal:
        return refusal


def _twice(before: Reading) -> Problem:
    return Problem(
        "nik_duplicate",
        _("This NIK stands in row %(row)s already, for %(name)s. Correct it or leave a row out.")
        % {"row": before.place, "name": before.name or _("somebody without a name")},
        "nik",
    )


def _guessed() -> Problem:
    return Problem(
        "nik_guessed",
        _(
            "Too many NIKs of this list, or of your lists of today, are not those of the people "
            "beside them, or differ in their last digits alone. The list is not compared; look at "
            "the KTPs."
        ),
        "nik",
    )


def _refuse_taken_numbers(cooperative: Cooperative, readings: Sequence[Reading]) -> None:
    """A number of the list that is somebody's here, or stands there for somebody else too."""
    kept = [(number, reading) for reading in readings if (number := reading.kept_number)]
    holders = old_numbers.holders(cooperative, {number for number, _reading in kept})
    first: dict[int, Reading] = {}
    for number, reading in kept:
        before = first.setdefault(number, reading)
        told = {"number": member_number(number), "row": before.place, "name": before.name}
        if number in holders:
            message = _("%(name)s has the member number %(number)s already.")
            told["name"] = holders[number]
            reading.refuse("number_taken", message % told, "number")
        elif before is not reading:
            message = _(
                "The member number %(number)s stands in row %(row)s already, for %(name)s. Correct "
                "it or leave a row out."
            )
            reading.refuse("number_duplicate", message % told, "number")


def _new(reading: Reading, register: Register) -> Verdict:
    """The verdict on a row of somebody who is not on the register."""
    lookalike = register.lookalike(reading)
    return Verdict(
        number=reading.number,
        title=reading.name,
        detail=reading.detail,
        problems=tuple(reading.problems),
        warnings=(*reading.warnings, *([lookalike] if lookalike else [])),
        value=reading.value,
        amounts=reading.amounts,
    )


def _known(reading: Reading, known: Known) -> Verdict:
    """The verdict on somebody already on the register; their savings are not posted again."""
    return Verdict(
        number=reading.number,
        title=reading.name or known.member.name,
        detail=reading.detail,
        problems=known.problems,
        warnings=known.warnings,
        known_as=known.known_as,
        changes=known.changes,
        notes=known.notes,
        value=known.update,
        seen=known.seen,
        amounts={},
    )


def _touched(member: Member, *, is_new: bool) -> Touched:
    return Touched(member.id, updates.fingerprint(member), is_new)
