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
from members.takeover import undoing
from members.takeover.columns import MEMBERS
from members.takeover.known import Known, Register
from members.takeover.rows import Reading, RowReader
from members.takeover.services import opening, opening_rules, updates


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
        "numbers are not given again, and their NIKs are free for the corrected file."
    )

    def check(
        self, rows: Sequence[SourceRow], *, cooperative: Cooperative, on: date
    ) -> list[Verdict]:
        niks = {row.number: _nik(row) for row in rows}
        register = Register(cooperative, niks)
        elsewhere = identity_marks.elsewhere(
            cooperative=cooperative, niks=[nik for nik in niks.values() if isinstance(nik, Nik)]
        )
        rule = opening_rules.PrincipalRule.of(cooperative)
        reader = RowReader(cooperative, rule, on, elsewhere)
        first: dict[str, Reading] = {}
        verdicts = []
        for row in rows:
            nik = niks[row.number]
            reading = reader.read(row, nik)
            if isinstance(nik, Nik):
                before = first.setdefault(nik.digits, reading)
                if before is not reading:
                    reading.insert_problem(_twice(before))
            known = register.compared(row, reading)
            verdicts.append(_known(reading, known) if known else _new(reading, register))
        return verdicts

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
