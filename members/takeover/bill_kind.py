"""The older system's bills as the import knows them: payments by member and month."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from typing_extensions import override

from kkmp.access.models import User
from kkmp.access.permissions import Permission
from kkmp.imports.kinds import ImportKind
from kkmp.imports.models import ImportBatch
from kkmp.imports.rows import Blocker, Posted, Problem, SourceRow, Verdict
from kkmp.lib.existing import present
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import format_date, month_of
from kkmp.registry.models import Cooperative
from members.register.models import Member
from members.register.persons import nik_hash
from members.takeover import guessed
from members.takeover.bill_rows import Reading, read
from members.takeover.columns import BILLS
from members.takeover.services import bills, bills_undo
from members.takeover.services.bills_rules import Bill, BillKnown, BillRefused, BillTwice, Rules


class BillList(ImportKind):
    code = "bills"
    slug = "tagihan"
    permission = Permission.SAVINGS_DEPOSIT
    columns = BILLS
    totals = (
        ("mandatory", gettext_lazy("Mandatory savings")),
        ("principal", gettext_lazy("Principal savings")),
    )
    title = gettext_lazy("Bills of the older system")
    icon = "receipt"
    lead = gettext_lazy(
        "Payments that the older system has recorded, by member number and month. They are "
        "entered as savings paid before the books began, not as cash."
    )
    done_url_name = "members:list"
    done_label = gettext_lazy("See the members")
    undo_words = gettext_lazy(
        "Every payment is reversed and the months are free again for the corrected file."
    )

    def check(
        self,
        rows: Sequence[SourceRow],
        *,
        cooperative: Cooperative,
        on: date,
        by: User | None = None,
    ) -> list[Verdict]:
        readings = [read(row, on=on) for row in rows]
        found = _members(cooperative, readings, by)
        rules = Rules(cooperative, {member.id: member for member in found.values()}, on)
        payments = {
            reading.number: reading.bill(found[reading.number].id)
            for reading in readings
            if reading.number in found and not reading.problems
        }
        refusals = dict(zip(payments, rules.judged(list(payments.values())), strict=True))
        return [
            _verdict(
                reading,
                found.get(reading.number),
                payments.get(reading.number),
                refusals.get(reading.number),
                rules,
            )
            for reading in readings
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
        taken = bills.take_over(
            cooperative=cooperative,
            payments=[verdict.value for verdict in verdicts],
            title=title or str(self.title),
            key=key,
            on=on,
            by=by,
        )
        return Posted(len(taken.entries), len(taken.journals))

    def blockers(self, batch: ImportBatch) -> list[Blocker]:
        collection = bills.collection_of(cooperative=batch.cooperative, key=batch.id)
        return bills_undo.blockers(collection) if collection else []

    def undo(self, batch: ImportBatch, *, reason: str, on: date, by: User | None) -> None:
        collection = bills.collection_of(cooperative=batch.cooperative, key=batch.id)
        taken = present(collection, "an imported list of payments has made one")
        bills_undo.take_back(collection=taken, reason=reason, on=on, by=by)


def _members(
    cooperative: Cooperative, readings: Sequence[Reading], by: User | None
) -> dict[int, Member]:
    """Who pays, by row number: by member number, else by NIK."""
    everybody = Member.objects.of(cooperative)
    numbers = {reading.member_number for reading in readings if reading.member_number}
    by_number = {m.number: m for m in everybody.filter(number__in=numbers)}
    hashes = {
        reading.number: nik_hash(cooperative.pk, reading.nik.digits)
        for reading in readings
        if reading.nik and not reading.member_number
    }
    rows = everybody.filter(nik_hash__in=set(hashes.values()))
    by_nik = {member.nik_hash_bytes: member for member in rows}
    unknown = set(hashes.values()) - by_nik.keys()
    is_tried = bool(hashes) and guessed.is_tried_too_often(cooperative, unknown, by)
    if len(unknown) > guessed.MOST_UNKNOWN or is_tried:
        # Whoever guesses would learn whose the others are.
        by_nik = {}
    found = {}
    for reading in readings:
        member = (
            by_number.get(reading.member_number)
            if reading.member_number
            else by_nik.get(hashes.get(reading.number))
        )
        if member is not None:
            found[reading.number] = member
    return found


def _verdict(
    reading: Reading,
    member: Member | None,
    bill: Bill | None,
    refusal: BillRefused | None,
    rules: Rules,
) -> Verdict:
    problems = list(reading.problems)
    if member is None and reading.names_somebody:
        problems.insert(0, Problem("member_unknown", _unknown(reading), "number"))
    is_known = isinstance(refusal, BillKnown | BillTwice)
    if refusal is not None and not is_known:
        problems.append(Problem.of(refusal, refusal.field or "number"))
    other = _other_name(reading, member)
    if other is not None and other.is_question and not is_known:
        problems.append(other)
    amounts: Mapping[str, int] = {}
    if bill is not None and not is_known:
        amounts = {str(bill.role): bill.amount_idr}
    return Verdict(
        number=reading.number,
        title=member.name if member else reading.name,
        detail=reading.detail,
        problems=tuple(problems),
        warnings=(
            *reading.warnings,
            *([other] if other is not None and not other.is_question else ()),
            *_warnings(member, bill, rules),
        ),
        known_as=str(refusal) if is_known else "",
        value=bill,
        amounts=amounts,
    )


def _unknown(reading: Reading) -> str:
    if reading.member_number:
        return _("There is no member with the number %(number)d.") % {
            "number": reading.member_number
        }
    return _("Nobody is found here by this NIK. Where many are not, take the member number.")


def _other_name(reading: Reading, member: Member | None) -> Problem | None:
    """The list has another name; where no word of it is the member's, somebody has to decide."""
    if member is None or not reading.name:
        return None
    listed, known = _words(reading.name), _words(member.name)
    if listed <= known or known <= listed:
        return None
    named = {"listed": reading.name, "name": member.name}
    if listed & known:
        message = _("The list says %(listed)s; this number belongs to %(name)s.")
        return Problem("name_differs", message % named, "name")
    message = _(
        "The list says %(listed)s, but this number belongs to %(name)s. Say that it is right, or "
        "correct the number."
    )
    return Problem("name_other", message % named, "name", is_question=True)


def _warnings(member: Member | None, bill: Bill | None, rules: Rules) -> list[Problem]:
    found: list[Problem] = []
    if bill is None or member is None:
        return found
    if member.joined_on and bill.month < month_of(member.joined_on):
        message = _("%(name)s is a member only since %(day)s.")
        named = {"name": member.name, "day": format_date(member.joined_on)}
        found.append(Problem("before_joining", message % named, "month"))
    taken_idr = rules.taken_over_idr(bill)
    if taken_idr:
        message = _(
            "%(amount)s of these savings came with the list of members already. Take this month "
            "over only if it is not contained in that."
        )
        found.append(
            Problem("taken_with_list", message % {"amount": format_rupiah(taken_idr)}, "amount")
        )
    return found


def _words(name: str) -> set[str]:
    """The words of a name, without punctuation and without titles of a letter or two."""
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", name.casefold())
    return {word for word in words if len(word) > 2} or set(words)
