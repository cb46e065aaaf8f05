"""One of everything that has an id, at each cooperative, under a word that nothing else bears."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from finance.models import Journal
from kkmp.access.models import User
from kkmp.access.permissions import Role
from kkmp.access.rights import Address
from kkmp.access.services import pins, tokens
from kkmp.city.cooperatives.services import ladder
from kkmp.exports import lists
from kkmp.exports.services import jobs
from kkmp.imports import kinds as files
from kkmp.imports.services import batches
from kkmp.lib.clock import business_today
from kkmp.lib.identity import Nik
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from kkmp.registry.models import Cooperative, CooperativeSettings, Stage, StageStep
from members import models as members
from members.bodies.services import officers
from members.dues.services import collections
from members.joining import notices
from members.joining.services import applications
from members.leaving.services import exits, kept
from members.models import Member, SavingsKind
from members.papers.services import links
from members.pins.services import pins as member_pins
from members.register.services import membership
from members.saved_views.services import saved_views
from members.savings.services import kinds, receipts, returns, savings
from shops import models as shops
from shops.credit.services import receipts as credit_receipts
from shops.goods.services import products
from shops.units.services import units
from shops.vouchers.services import vouchers
from tests.admin.trading import trade
from tests.conftest import MONDAY
from tests.imports.conftest import MEMBER_TITLES, listed, xlsx
from tests.shops.conftest import Shop, open_shift, particulars, sold, stocked
from tests.shops.payments.paying import payment_of, tenders

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
#: The titles of each kind of file, and what stands in the row below them.
FILES: dict[str, tuple[tuple[str, ...], tuple[Any, ...]]] = {
    "members": (MEMBER_TITLES, listed(1, "Dewanti {word}")),
    "products": (
        ("Nama Barang", "Kategori", "Satuan", "Harga Beli", "Harga Jual", "Stok"),
        ("Kopi {word}", "Minuman", "bks", "1.000", "1.500", "10"),
    ),
    "bills": (
        ("No Anggota", "Nama", "Bulan", "Jumlah"),
        ("1", "Ani {word}", "2026-10", "10.000"),
    ),
}
#: Of those who approve.
PIN = "314159"
JPEG = b"\xff\xd8\xff\xe0 picture \xff\xd9"
PDF = b"%PDF-1.7\n%%EOF\n"

#: The rows of each kind that addresses and forms name; the first one is taken.
KINDS: dict[str, tuple[Any, dict[str, Any]]] = {
    "application": (members.Application, {}),
    "category": (shops.Category, {}),
    "collection": (members.Collection, {}),
    "credit payment": (shops.CreditPayment, {}),
    "entry": (members.SavingsEntry, {"kind__code": "sukarela"}),
    "exit": (members.Exit, {"state": "requested"}),
    "journal": (Journal, {}),
    "kept": (members.KeptMoney, {}),
    "kind": (SavingsKind, {"code": "sukarela"}),
    "link": (members.MemberLink, {}),
    "member": (Member, {"status": "active"}),
    "officer": (members.Officer, {}),
    "pack": (shops.Pack, {}),
    "payment": (shops.SalePayment, {"method": "qris"}),
    "price": (shops.Price, {}),
    "print": (members.ReceiptPrint, {}),
    "product": (shops.Product, {"name__startswith": "Gula"}),
    "return": (shops.SaleReturn, {}),
    "rule": (shops.GoodsRule, {}),
    "run": (members.ReturnRun, {}),
    "sale": (shops.Sale, {}),
    "settlement": (shops.Settlement, {}),
    "shift": (shops.Shift, {}),
    "step": (StageStep, {}),
    "settings": (CooperativeSettings, {}),
    "unknown code": (shops.UnknownCode, {}),
    "view": (members.SavedView, {}),
    "movement": (shops.CashMovement, {}),
    "posting": (shops.VoucherPosting, {}),
    "voucher batch": (shops.VoucherBatch, {}),
}


@dataclass
class Side:
    """One cooperative with what belongs to it.

    :param word: stands in the names of its people and things, and nowhere else
    :param serial: in the identity numbers of its people
    :param ids: of its things, by kind
    """

    cooperative: Cooperative
    word: str
    serial: int
    staff: dict[Role, User]
    ids: dict[str, Any] = field(default_factory=dict)


def furnish(side: Side) -> None:
    here, staff = side.cooperative, side.staff
    chair, treasurer = staff[Role.CHAIR], staff[Role.TREASURER]
    with scope.cooperative(here.pk):
        shop = _shop(side)
    trade(shop, cashier=staff[Role.CASHIER], chair=chair, treasurer=treasurer)
    with scope.cooperative(here.pk):
        _save(side, shop.ani)
        _leave_and_join(side)
        _keep_papers(side, shop.ani)
        _list(side)
        _sell(side, shop)
        for name, (model, which) in KINDS.items():
            found = model.objects.of(here).filter(**which).order_by("id").first()
            assert found is not None, f"{side.word} has no {name}"
            side.ids[name] = found.pk
        side.ids["unit"], side.ids["unit code"] = shop.unit.pk, shop.unit.code
    token, _secret = tokens.issue(user=chair, name=side.word, at=timezone.now(), by=chair)
    side.ids["token"] = token.pk
    user = staff[Role.CASHIER]
    side.ids["user"] = user.pk
    side.ids["holding"] = user.holdings.get(cooperative=here).pk


def _shop(side: Side) -> Shop:
    here, by, word = side.cooperative, side.staff[Role.CHAIR], side.word
    code = f"toko-{word.lower()}"
    unit = units.open_unit(cooperative=here, name=f"Toko {word}", code=code, by=by)
    shelf = {"category": f"Rak {word}"}
    eggs = {"measure": "kg", "is_weighed": True, "general_price_idr": 29_000}
    goods = [
        products.add(
            on=MONDAY, cooperative=here, particulars=particulars(unit, **shelf, **own), by=by
        )
        for own in ({"name": f"Gula {word}"}, {"name": f"Telur {word}", **eggs})
    ]
    gula, telur = (stocked(product, "48", 16_200, by) for product in goods)
    products.show(product=gula, photo=SimpleUploadedFile(f"{word}.jpg", JPEG), by=by)
    return Shop(here, unit, gula, telur, enrol(side, "Ani", 1))


def _sell(side: Side, shop: Shop) -> None:
    """Sales by the chair, whose shift stays open; and what others approve and pay with."""
    here, by, treasurer = side.cooperative, side.staff[Role.CHAIR], side.staff[Role.TREASURER]
    side.ids["open shift"] = open_shift(shop.unit, by, drawer=f"Laci {side.word}").pk
    sale = sold(shop.unit, by, (shop.telur, "1"), needs_shift=True)
    qris = tenders(shops.Method.QRIS, 17_500)
    side.ids["last sale"] = sale.pk
    side.ids["qris"] = payment_of(sold(shop.unit, by, (shop.gula, "1"), payments=qris)).pk
    ordered = vouchers.Ordered(
        buyer=f"Hadi {side.word}",
        value_idr=20_000,
        count=1,
        valid_until=business_today() + timedelta(days=30),
        method=shops.Method.CASH,
    )
    batch = vouchers.issue(cooperative=here, ordered=ordered, key=new_id(), on=MONDAY, by=treasurer)
    side.ids["last batch"] = batch.pk
    later = replace(ordered, method=shops.Method.CREDIT)
    owed = vouchers.issue(cooperative=here, ordered=later, key=new_id(), on=MONDAY, by=treasurer)
    vouchers.receive(
        batch=owed,
        method=shops.Method.CASH,
        amount_idr=5_000,
        key=new_id(),
        on=MONDAY,
        by=treasurer,
    )
    paid = shops.CreditPayment.objects.of(here).order_by("id")[0]
    side.ids["credit print"] = credit_receipts.issue(payment=paid, by=treasurer).pk
    goods = shops.StockMovement.objects.of(here).filter(kind=shops.MovementKind.OPENING)
    side.ids["stock journal"] = goods.order_by("id")[0].journal_id
    entries = members.SavingsEntry.objects.of(here)
    side.ids["savings journal"] = entries.order_by("id")[0].journal_id
    side.ids["voucher code"] = shops.Voucher.objects.of(here).get(batch=batch).code
    pins.choose(user=treasurer, digits=PIN, at=timezone.now())
    side.ids["approver"] = treasurer.username
    side.ids["cashier"] = treasurer.pk


def enrol(side: Side, name: str, serial: int, deposit_idr: int = 100_000) -> Member:
    by = side.staff[Role.MEMBERSHIP_CLERK]
    member = membership.register(
        cooperative=side.cooperative,
        particulars=membership.Particulars(
            name=f"{name} {side.word}",
            # Whoever is on two registers has a mark, so these are people of their own.
            nik=Nik(f"337411520390{side.serial:02d}{serial:02d}"),
            phone=f"+62812000{side.serial:02d}{serial:03d}",
        ),
        on=OCTOBER,
        by=by,
    )
    if deposit_idr:
        _deposit(side, member, "pokok", deposit_idr)
    member.refresh_from_db()
    return member


def _deposit(side: Side, member: Member, kind: str, amount_idr: int) -> members.SavingsEntry:
    return savings.deposit(
        member=member,
        kind=SavingsKind.objects.of(side.cooperative).get(code=kind),
        amount_idr=amount_idr,
        key=new_id(),
        on=OCTOBER,
        by=side.staff[Role.TREASURER],
    )


def _save(side: Side, ani: Member) -> None:
    """Voluntary savings that bear a return, and money that was collected together."""
    here, by = side.cooperative, side.staff[Role.TREASURER]
    kind = SavingsKind.objects.of(here).get(code="sukarela")
    terms = kinds.Terms(name=kind.name, return_percent=Decimal(6))
    kinds.change(on=MONDAY, kind=kind, terms=terms, version=1, by=by)
    entry = _deposit(side, ani, "sukarela", 1_000_000)
    receipts.issue(entry=entry, paper=members.Paper.A4, by=by)
    shown = returns.content(returns.due(here, NOVEMBER))
    returns.credit(
        cooperative=here, month=NOVEMBER, shown=shown, key=new_id(), on=date(2026, 12, 1), by=by
    )
    mandatory = SavingsKind.objects.of(here).get(code="wajib")
    collections.collect(
        cooperative=here,
        payments=[collections.Payment(ani, mandatory, 10_000)],
        title=f"Rapat {side.word}",
        key=new_id(),
        on=MONDAY,
        by=by,
    )
    side.ids["last entry"] = _deposit(side, ani, "sukarela", 20_000).pk
    terms = kinds.Terms(name=f"Simpanan {side.word}")
    defined = kinds.define(on=MONDAY, cooperative=here, terms=terms, by=by)
    side.ids["kind code"], side.ids["defined kind"] = defined.code, defined.pk


def _leave_and_join(side: Side) -> None:
    by = side.staff[Role.MEMBERSHIP_CLERK]
    leaver = enrol(side, "Budiman", 2)
    asked = {"reason": members.ExitReason.RESIGNED, "on": MONDAY, "by": by}
    exits.request(member=leaver, key=new_id(), **asked)
    left = exits.request(member=enrol(side, "Danu", 3), key=new_id(), **asked)
    side.ids["decided exit"] = exits.decide(
        exit=left,
        decision=exits.Decision("12/BA/2026", MONDAY, date(2026, 12, 24)),
        key=new_id(),
        on=MONDAY,
        by=side.staff[Role.CHAIR],
    ).pk
    journal = ledger.post(
        cooperative=side.cooperative,
        kind="manual",
        memo=f"Retur {side.word}",
        entries=[
            ledger.debit(Code.CASH, 5_000),
            ledger.credit(Code.FORMER_MEMBERS, 5_000, party=left.member.party),
        ],
        key=new_id(),
        on=MONDAY,
        by=side.staff[Role.CHAIR],
    )
    kept.keep(
        party=left.member.party,
        member=left.member,
        name=f"Ahli waris {side.word}",
        amount_idr=5_000,
        reason=f"Retur {side.word}",
        journal=journal,
        on=MONDAY,
        by=side.staff[Role.CHAIR],
    )
    side.ids["applicant"] = enrol(side, "Eka", 4, deposit_idr=0).pk
    applications.submit(
        cooperative=side.cooperative,
        particulars=membership.Particulars(name=f"Citra {side.word}", phone="+6281200000099"),
        notice_version=notices.CURRENT,
        key=new_id(),
        at=timezone.now(),
    )


def _keep_papers(side: Side, ani: Member) -> None:
    here, chair = side.cooperative, side.staff[Role.CHAIR]
    link = links.issue(member=ani, days=30, at=timezone.now(), by=chair)
    side.ids["own page"] = links.token(link)
    member_pins.choose(
        member=ani, digits=PIN, has_seen_ktp=True, version=0, at=timezone.now(), by=chair
    )
    term = officers.Term(
        body=members.Body.BOARD,
        position=members.Position.CHAIR,
        name=f"Hartono {side.word}",
        sex=members.Sex.MALE,
        started_on=date(2025, 6, 24),
        term_ends_on=date(2030, 6, 23),
    )
    officers.add(on=MONDAY, cooperative=here, term=term, by=chair)
    saved_views.save(
        cooperative=here,
        page=members.ViewPage.REGISTER,
        name=side.word,
        query="",
        is_shared=True,
        by=chair,
    )
    paper = SimpleUploadedFile(f"{side.word}.pdf", PDF)
    ladder.record(
        today=MONDAY, cooperative=here, stage=Stage.DEED, on=MONDAY, by=chair, document=paper
    )


def _list(side: Side) -> None:
    """Files that were sent in, and lists that were asked for."""
    here, by, now = side.cooperative, side.staff[Role.CHAIR], timezone.now()
    for kind in files.registered():
        batch = batches.upload(
            cooperative=here,
            kind=kind,
            content=_file(kind.code, side.word),
            filename=f"{side.word}.xlsx",
            on=MONDAY,
            at=now,
            by=by,
        )
        batches.choose_columns(batch=batch, kind=kind, columns=batch.choices().columns)
        side.ids[f"{kind.code} file"] = batch.pk
    for one in lists.registered():
        job = jobs.take_out(
            kind=one,
            query="",
            cooperative=here,
            language="id",
            on=MONDAY,
            at=now,
            by=by,
            at_once=-1,
        )
        side.ids[f"{one.code} export"] = job.pk


def _file(code: str, word: str) -> bytes:
    titles, row = FILES[code]
    return xlsx(titles, [str(cell).format(word=word) for cell in row])


#: Parts of addresses that are no ids of anybody's.
NO_IDS = {"year", "month", "number", "version", "account_code", "kecamatan_code", "secret"}
_SPECIAL = {
    ("api-voucher", "code"): "voucher code",
    ("own:page", "token"): "own page",
    ("members:exit_certificate", "exit_id"): "decided exit",
    ("shops:credit_receipt", "payment_id"): "credit payment",
    ("shops:credit_undo", "payment_id"): "credit payment",
    ("api-credit-payment-undo", "payment_id"): "credit payment",
    ("shops:credit_issue", "payment_id"): "credit payment",
    ("shops:credit_printed", "print_id"): "credit print",
    ("members:posted", "journal_id"): "savings journal",
    ("shops:opening_goods", "journal_id"): "stock journal",
    ("shops:unknown_code_drop", "code_id"): "unknown code",
}


def kind_of(address: Address, part: str) -> str:
    """The kind of thing that a part of an address is the id of; empty for what is no id."""
    if part in NO_IDS or (part in ("code", "cooperative_code") and address.name != "api-voucher"):
        return ""
    if found := _SPECIAL.get((address.name, part)):
        return found
    if part == "id":
        before, _mark, _rest = address.route.partition("/<uuid:id>")
        part = before.rpartition("/")[2].removeprefix("goods-").removesuffix("s")
    if part in ("batch_id", "job_id", "export_id"):
        return _of_a_list(address, part)
    return part.removesuffix("_id")


def _of_a_list(address: Address, part: str) -> str:
    """Files and exports have addresses of their own for each kind of list, in the API one."""
    code = address.name.rpartition(":")[2].rpartition("_")[0]
    if part == "batch_id" and "voucher" in address.route:
        return "voucher batch"
    is_api = address.route.startswith("api/")
    return f"{'members' if is_api else code} {'file' if part == 'batch_id' else 'export'}"
