"""What each operation of the API that writes is sent so that it does its work, by its name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from kkmp.access.permissions import Role
from kkmp.access.rights import Address
from kkmp.imports import kinds as files
from kkmp.imports.models import ImportBatch
from kkmp.imports.services import batches
from kkmp.lib.clock import business_today
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from members.leaving.services import exits
from members.leaving.services.exits import Heir
from members.models import Exit, ExitReason, Member, SavingsKind
from members.savings.services import returns, savings
from shops.models import Method, TillSettings
from shops.vouchers.services import vouchers
from tests.conftest import MONDAY
from tests.guards import test_strangers_in_bodies as bodies
from tests.guards.addresses import path
from tests.guards.belongings import FILES, kind_of
from tests.guards.side import OCTOBER, Side
from tests.imports.conftest import xlsx
from tests.members.register.belongings import enrol

Ids = dict[str, Any]
TODAY = business_today()
TOMORROW = TODAY + timedelta(days=1)

#: Who may besides the chair, who has a shift open and recorded what somebody else has to decide.
FIRST = {"shifts_open": "cashier"}
#: Who is asked in turn, until one of them may.
WHO = ("chair", "treasurer", "membership_clerk", "cashier")
#: Where the id in the address is of another kind than its name says.
OTHER_IDS = {
    "exits_heir": {"exit": "death"},
    "exits_pay": {"exit": "decided exit"},
    "exits_unpay": {"exit": "paid exit"},
    "shifts_close": {"shift": "open shift"},
    "shifts_move": {"shift": "open shift"},
    "payments_confirm": {"payment": "qris"},
    "members_readmit": {"member": "former member"},
    "imports_columns": {"members file": "products file"},
    "imports_run": {"members file": "bills file"},
    "imports_undo": {"members file": "imported file"},
    "credits_pay_out": {"member": "owed member"},
    "vouchers_end": {"voucher batch": "expired vouchers"},
    "vouchers_receive": {"voucher batch": "unpaid vouchers"},
    "vouchers_take_back": {"voucher batch": "unspent vouchers"},
}


def _person(_ids: Ids) -> dict[str, Any]:
    return {"name": "Fitri Handayani", "phone": "0812 0000 8899", "birth_date": "1990-02-13"}


def _file(_ids: Ids) -> dict[str, Any]:
    titles, row = FILES["bills"]
    sent = SimpleUploadedFile("tagihan.xlsx", xlsx(titles, [cell.format(word="") for cell in row]))
    return {"kind": "bills", "file": sent, "on": TODAY.isoformat()}


def _said(**values: Any) -> Callable[[Ids], Any]:
    return lambda _ids: values


_MORE: dict[str, Callable[[Ids], Any]] = {
    "applications_decline": _said(why="Tinggal di luar kelurahan"),
    "credits_terms": _said(limit_idr=150_000, due_days=30, version=1),
    "credits_pay": _said(method="cash", amount_idr=1_000),
    "credits_pay_out": _said(method="cash", amount_idr=1_000),
    "credit_payments_undo": _said(reason="Salah orang"),
    "exits_decide": _said(decision_number="13/BA/2026", decided_on=TODAY.isoformat()),
    "exits_heir": _said(heir_name="Siti Aminah", heir_relation="Istri"),
    "exits_pay": _said(),
    "exits_unpay": _said(reason="Salah orang"),
    "exits_take_back": _said(),
    "exports_ask": _said(list="members", query="status=active"),
    "goods_rules_end": _said(),
    "imports_upload": _file,
    "imports_columns": _said(),
    "imports_run": _said(),
    "imports_undo": _said(reason="Salah berkas"),
    "members_link_revoke": _said(),
    "members_register": _person,
    "members_by_nik": _said(nik="3374115203901104"),
    "members_edit": lambda ids: {"version": ids["member version"], "address": "Jl. Durian 5"},
    "members_consent": _said(is_given=True, means="paper"),
    "members_contact": _said(channel="call", note="Besok datang"),
    "members_link_issue": _said(days=30),
    "members_readmit": _said(),
    "views_save": _said(page="register", name="RW 3", query="rw=003"),
    "views_change": _said(name="RW 003"),
    "views_delete": _said(),
    "officers_end": _said(ended_on=TODAY.isoformat(), end_reason="resigned"),
    "packs_change": _said(name="Dus", factor="24", codes=[]),
    "packs_restore": _said(),
    "packs_retire": _said(),
    "payments_confirm": _said(has_arrived=True),
    "prices_end": _said(),
    "packs_add": _said(name="Karton", factor="48", codes=["8991002101234"]),
    "prices_add": _said(tier="general", price_idr=18_000, valid_from=TOMORROW.isoformat()),
    "products_opening_stock": _said(quantity="20", cost_idr=12_000, reason="Salah hitung"),
    "products_restore": _said(),
    "products_retire": _said(),
    "savings_define_kind": _said(name="Simpanan Pendidikan"),
    "savings_change_kind": lambda ids: {"name": "Simpanan Kurban", "version": ids["kind version"]},
    "savings_credit_return": lambda ids: {
        "month": OCTOBER.isoformat(),
        "shown": ids["return shown"],
    },
    "shifts_close": _said(counts={"1000": 5}, note="Selisih dicari"),
    "shifts_move": _said(reason="other_in", amount_idr=5_000, note="Uang kembali"),
    "shifts_recount": _said(counted_idr=150_000, reason="Salah hitung"),
    "shifts_undo_movement": _said(reason="Salah catat"),
    "till_settings_change": lambda ids: {
        "cash_step_idr": 100,
        "credit_days": 14,
        "version": ids["till version"],
    },
    "vouchers_end": _said(),
    "vouchers_receive": _said(method="cash", amount_idr=25_000),
    "vouchers_take_back": _said(reason="Salah cetak"),
    "vouchers_undo": _said(reason="Salah pesan"),
    "vouchers_issue": _said(
        buyer="Kelurahan",
        count=2,
        value_idr=25_000,
        valid_until=(TODAY + timedelta(days=60)).isoformat(),
        method="cash",
    ),
}


def of(operation: str, method: str, address: str) -> Callable[[Ids], Any]:
    """What the operation takes; as the guard of strange ids sends it, where that does."""
    if operation in _MORE:
        return _MORE[operation]
    return next(c.body for c in bodies.API if (c.method, c.address) == (method, address))


def keyed(body: Any) -> Any:
    """The body with a key of its own, which operations without one ignore."""
    return body | {"key": str(new_id())} if isinstance(body, dict) else body


def who(operation: str) -> tuple[str, ...]:
    """Who is asked in turn."""
    return (FIRST[operation], *WHO) if operation in FIRST else WHO


def things(ours: Side) -> dict[str, Any]:
    """The ids of what is there, with what only writing needs: paid out, imported, died."""
    here, chair = ours.cooperative, ours.staff[Role.CHAIR]
    clerk = {"on": MONDAY, "by": ours.staff[Role.MEMBERSHIP_CLERK]}
    found: dict[str, Any] = {}
    with scope.cooperative(here.pk):
        left = Exit.objects.of(here).get(pk=ours.ids["decided exit"])
        found["former member"] = left.member_id
        paid, died = (enrol(ours, name, at) for at, name in ((7, "Gito"), (8, "Hana")))
        for member, reason in ((paid, ExitReason.RESIGNED), (died, ExitReason.DIED)):
            asked = exits.request(
                member=member, reason=reason, heir=Heir("Siti"), key=new_id(), **clerk
            )
            found[f"{reason}"] = asked.pk
        decision = exits.Decision("14/BA/2026", MONDAY, None)
        exits.decide(
            exit=Exit.objects.of(here).get(pk=found["resigned"]),
            decision=decision,
            key=new_id(),
            on=MONDAY,
            by=chair,
        )
        batch = ImportBatch.objects.of(here).get(pk=ours.ids["members file"])
        file = batches.run(batch=batch, kind=files.by_code("members"), at=timezone.now(), by=chair)
        ani = Member.objects.of(here).get(pk=ours.ids["member"])
        kind = SavingsKind.objects.of(here).get(pk=ours.ids["kind"])
        savings.deposit(
            member=ani,
            kind=kind,
            amount_idr=300_000,
            key=new_id(),
            on=date(2026, 9, 15),
            by=ours.staff[Role.TREASURER],
        )
        due = returns.due(here, OCTOBER)
        found |= {
            "paid exit": found["resigned"],
            "death": found["died"],
            "imported file": file.pk,
            "member version": Member.objects.of(here).get(pk=ani.pk).version,
            "kind version": kind.version,
            "till version": TillSettings.objects.of(here).get().version,
            "return shown": returns.content(due),
        }
        found |= _vouchers(ours)
        found["owed member"] = _owed_by_shop(ours).pk
    return ours.ids | found


def _vouchers(ours: Side) -> dict[str, Any]:
    """Batches that expired yesterday, that the buyer still owes, and that nobody has spent."""
    ordered = vouchers.Ordered(
        buyer="Kelurahan",
        value_idr=25_000,
        count=2,
        valid_until=TODAY + timedelta(days=30),
        method=Method.CASH,
    )
    wanted = {
        "expired vouchers": replace(ordered, valid_until=TODAY - timedelta(days=1)),
        "unpaid vouchers": replace(ordered, method=Method.CREDIT),
        "unspent vouchers": ordered,
    }
    issued = {"cooperative": ours.cooperative, "on": TODAY - timedelta(days=2)}
    by = ours.staff[Role.TREASURER]
    return {
        name: vouchers.issue(ordered=each, key=new_id(), by=by, **issued).pk
        for name, each in wanted.items()
    }


def _owed_by_shop(ours: Side) -> Member:
    """Somebody who brought back goods that were on credit and paid for."""
    member = enrol(ours, "Ira", 9)
    ledger.post(
        cooperative=ours.cooperative,
        kind="manual",
        memo="Barang kembali",
        entries=[
            ledger.debit(Code.CASH, 5_000),
            ledger.credit(Code.MEMBER_CREDIT, 5_000, party=member.party),
        ],
        key=new_id(),
        on=MONDAY,
        by=ours.staff[Role.TREASURER],
    )
    return member


def where(name: str, address: Address, ids: dict[str, Any], ours: Side) -> str:
    """The address with the ids of ours; of the kind that the operation needs."""

    def value(part: str) -> Any:
        kind = kind_of(address, part)
        return ids[OTHER_IDS.get(name, {}).get(kind, kind)] if kind else None

    return path(address, ours.cooperative.code, value).replace(
        "/returns/2026-1/", "/returns/2026-11/"
    )
