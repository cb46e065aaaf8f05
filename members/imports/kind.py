"""The list of members as the import knows it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kkmp.access.permissions import Permission
from kkmp.imports.kinds import ImportKind, Posted, Problem, SourceRow, Verdict
from kkmp.lib.identity import Nik, NikError, NikMissing, parse_nik
from kkmp.registry.models import Cooperative
from kkmp.registry.services import identity_marks
from members.imports.columns import COLUMNS
from members.imports.rows import Reading, RowReader
from members.models import Member, Status
from members.models.persons import nik_hash
from members.services import opening, opening_rules


class MemberList(ImportKind):
    code = "members"
    slug = "anggota"
    permission = Permission.MEMBERS_IMPORT
    columns = COLUMNS
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

    def check(
        self, rows: Sequence[SourceRow], *, cooperative: Cooperative, on: date
    ) -> list[Verdict]:
        niks = {row.number: _nik(row) for row in rows}
        known = _known(cooperative, niks)
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
            verdicts.append(_verdict(reading, known.get(row.number)))
        return verdicts

    def post(
        self,
        verdicts: Sequence[Verdict],
        *,
        cooperative: Cooperative,
        key: UUID,
        on: date,
        by: Any,
    ) -> Posted:
        taken = opening.take_over(
            cooperative=cooperative,
            people=[verdict.value for verdict in verdicts],
            key=key,
            on=on,
            by=by,
        )
        return Posted(len(taken.members), len(taken.journals))


def _nik(row: SourceRow) -> Nik | NikError:
    cell = row["nik"]
    if isinstance(cell, str) and not any(letter.isdigit() for letter in cell):
        return NikMissing("")
    try:
        return parse_nik(cell)
    except NikError as refusal:
        return refusal


def _known(cooperative: Cooperative, niks: Mapping[int, Nik | NikError]) -> dict[int, Member]:
    """Who is registered already, by row number."""
    hashes = {
        number: nik_hash(cooperative.pk, nik.digits)
        for number, nik in niks.items()
        if isinstance(nik, Nik)
    }
    held = Member.objects.of(cooperative).filter(nik_hash__in=set(hashes.values()))
    members = {bytes(member.nik_hash or b""): member for member in held}
    return {number: members[digest] for number, digest in hashes.items() if digest in members}


def _twice(before: Reading) -> Problem:
    return Problem(
        "nik_duplicate",
        _("This NIK stands in row %(row)d already, for %(name)s. Correct it or leave a row out.")
        % {"row": before.number, "name": before.name or _("somebody without a name")},
        "nik",
    )


def _verdict(reading: Reading, member: Member | None) -> Verdict:
    return Verdict(
        number=reading.number,
        title=reading.name,
        detail=reading.detail,
        problems=tuple(reading.problems),
        warnings=tuple(reading.warnings),
        known_as=_known_as(member) if member else "",
        value=reading.value,
        amounts=reading.amounts,
    )


def _known_as(member: Member) -> str:
    if member.number:
        return _("Registered already: %(name)s, member number %(number)d.") % {
            "name": member.name,
            "number": member.number,
        }
    return _("Registered already: %(name)s (%(status)s).") % {
        "name": member.name,
        "status": Status(member.status).label,
    }
