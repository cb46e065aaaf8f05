"""The register at full size: 5,000 members, five years of dues, a list of 5,000 to take in."""

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from random import Random
from typing import Any
from uuid import UUID

import xlsxwriter
from django.db import connection

from kkmp.access.models import User
from kkmp.access.permissions import Role
from kkmp.access.services import roles
from kkmp.bench import papers, people
from kkmp.bench.browser import Browser, Failed
from kkmp.bench.processes import Worked
from kkmp.bench.report import Figure, once, repeated
from kkmp.city.cooperatives.services.establish import establish
from kkmp.lib.existing import present
from kkmp.lib.ids import new_id
from kkmp.lib.periods import add_months, month_of
from kkmp.registry import database, scope
from kkmp.registry.models import Cooperative, CooperativeSettings, Kelurahan
from members.dues.services import collections
from members.dues.services.collections import Payment
from members.register.models import Member, Status
from members.savings.models import SavingsKind
from members.takeover.services import opening
from members.takeover.services.opening_rules import Opening

MEMBERS, MONTHS, ROWS = 5_000, 60, 5_000
USERNAME, PASSWORD = "bench", "bench-kkmp-2026"
#: The second one is empty and takes the list in.
KELURAHAN = ("33.74.11.1002", "33.74.15.1003")
PRINCIPAL_IDR, FIRST_IDR, LATER_IDR = 100_000, 10_000, 15_000
_PAGE_MS, _PREVIEW_S, _POST_S = 100, 5, 20


def build(today: date, say: Callable[[str], None]) -> dict[str, Any]:
    """Make both cooperatives and whoever works in them; what :func:`measure` has to know."""
    start = add_months(today, -MONTHS)
    user = User.objects.create_user(USERNAME, password=PASSWORD, name="Bench (rekaan)")
    full, empty = (_cooperative(code, start, user) for code in KELURAHAN)
    with scope.cooperative(full.pk):
        _dearer(full, add_months(start, MONTHS // 2))
        members = _register(full, start, user)
    _analyze()
    say(f"{len(members)} members")
    entries = 0
    for month in range(MONTHS):
        with scope.cooperative(full.pk):
            entries += _collect(full, members, add_months(start, month), month, user)
        if month % 12 == 11:
            _analyze()
            say(f"{entries} payments in {month + 1} collections")
    return {"full": full.code, "empty": empty.code}


def measure(
    world: dict[str, Any], browser: Browser, today: date, worked: Worked
) -> Iterator[Figure]:
    """:param worked: processor time of the server so far, in seconds"""
    browser.sign_in(USERNAME, PASSWORD)
    plain = repeated("Profile page (baseline)", _page(browser, "/profil/"), worked)
    yield plain
    register = f"/k/{world['full']}/anggota/"
    for what, path, target in (
        ("Member list", "", _PAGE_MS),
        ("Member list, page 100", "?page=100", _PAGE_MS),
        ("Search by name", "?q=sri+lestari", _PAGE_MS),
        ("Search by phone", "?q=0800-0001-234", _PAGE_MS),
        ("Dues grid", "simpanan-wajib/", _PAGE_MS),
        ("Dues grid, largest arrears first", "simpanan-wajib/?order=arrears", _PAGE_MS),
        ("Dues grid of an RW in arrears", "simpanan-wajib/?rw=003&status=behind", _PAGE_MS),
        ("Arrears list", "tunggakan/", None),
        ("Collection of one RW", f"setoran-bersama/?rw=003&kunci={new_id()}", None),
    ):
        ask = _page(browser, register + path)
        yield repeated(what, ask, worked, target=target, baseline=plain.value)
    yield from papers.measure(browser, world["full"], worked.server)
    yield from _import(world["empty"], browser, today, worked)


def _page(browser: Browser, path: str) -> Callable[[], float]:
    return _act(browser, lambda: browser.get(path))


def _import(
    code: str, browser: Browser, today: date, worked: Callable[[], float]
) -> Iterator[Figure]:
    baseline = raw_insert(code)
    lists = f"/k/{code}/impor/anggota/"
    file = ("file", spreadsheet(today))
    browser.get(f"{lists}unggah/")
    yield once(
        f"Import: reading a file of {ROWS} rows",
        _act(browser, lambda: browser.post(f"{lists}unggah/", {}, file=file)),
        worked,
        baseline=baseline,
    )
    browser.post(browser.path, browser.form(""))
    rows = browser.path
    yield once(
        f"Import: preview of {ROWS} rows",
        _act(browser, lambda: browser.get(rows)),
        worked,
        target=_PREVIEW_S,
        baseline=baseline,
    )
    run = rows.replace("/periksa/", "/impor/")
    sent = browser.form(run)
    posted = once(
        f"Import: posting {ROWS} rows",
        _act(browser, lambda: browser.post(run, sent)),
        worked,
        target=_POST_S,
        baseline=baseline,
    )
    cooperative = Cooperative.objects.get(code=code)
    with scope.cooperative(cooperative.pk):
        taken = Member.objects.of(cooperative).count()
    if taken != ROWS:
        raise Failed(f"{taken} of {ROWS} rows were imported")
    yield posted


def _act(browser: Browser, act: Callable[[], Any]) -> Callable[[], float]:
    def ask() -> float:
        act()
        return browser.seconds

    return ask


def raw_insert(code: str) -> float:
    """Seconds to put so many members into their table and nothing else, then taken back."""
    cooperative = Cooperative.objects.get(code=code)
    random = Random("raw")
    statement = """
        INSERT INTO bench_members
            (cooperative_id, id, name, address, rt, rw, phone, status, applied_on, category)
        VALUES (%s, %s, %s, %s, %s, %s, %s, 'active', '2026-01-01', 'ordinary')
    """
    given = [people.person(serial, random) for serial in range(ROWS)]
    rows: list[Any] = [
        [cooperative.pk, new_id(), p.name, p.address, p.rt, p.rw, p.phone] for p in given
    ]
    # Temporary tables are not for the application's role.
    with database.as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE bench_members AS SELECT cooperative_id, id, name, address, rt, rw,"
            " phone, status, applied_on, category FROM members_member WHERE false"
        )
        start = time.perf_counter()
        cursor.executemany(statement, rows)
        taken = time.perf_counter() - start
        cursor.execute("DROP TABLE bench_members")
    return taken


def spreadsheet(today: date) -> bytes:
    """A list as a cooperative keeps it, of people who are nowhere on a register yet."""
    buffer, random = BytesIO(), Random("list")
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("Anggota")
    titles = (
        "No Nama NIK Tgl_Lahir L/P Alamat RT RW No_HP Pekerjaan Tgl_Masuk Simp_Pokok Simp_Wajib"
        " Status"
    )
    sheet.write_row(0, 0, [title.replace("_", " ") for title in titles.split()])
    for serial in range(ROWS):
        one = people.person(500_000 + serial, random)
        nik = present(one.nik, "invented people have one")
        birth_date = present(one.birth_date, "invented people have one")
        joined = today - timedelta(days=random.randrange(30, 900))
        values = [serial + 1, one.name, nik.digits, f"{birth_date:%d/%m/%Y}"]
        values += ["P" if one.sex == "F" else "L", one.address, one.rt, one.rw, one.phone]
        values += [one.occupation, f"{joined:%d/%m/%Y}", PRINCIPAL_IDR, 10_000 * (serial % 30)]
        sheet.write_row(serial + 1, 0, [*values, "Aktif"])
    book.close()
    return buffer.getvalue()


def _analyze() -> None:
    """Run ANALYZE, which autovacuum would do within a minute."""
    with database.as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _cooperative(code: str, start: date, user: User) -> Cooperative:
    made = establish(
        kelurahan=Kelurahan.objects.get(code=code),
        by=None,
        on=start,
        today=start,
        principal_idr=PRINCIPAL_IDR,
        mandatory_idr=FIRST_IDR,
    )
    roles.grant(user=user, role=Role.CHAIR, cooperative=made, by=None)
    return made


def _dearer(cooperative: Cooperative, on: date) -> None:
    """Halfway through the years the members decide a higher amount."""
    CooperativeSettings.objects.create(
        cooperative=cooperative,
        valid_from=on,
        principal_idr=PRINCIPAL_IDR,
        mandatory_idr=LATER_IDR,
    )


def _register(cooperative: Cooperative, start: date, user: User) -> list[Member]:
    """Four of five from the beginning, the others month by month."""
    random = Random("register")
    given = [
        Opening(
            particulars=people.person(serial, random),
            status=Status.ACTIVE,
            since=start if serial % 5 else add_months(start, random.randrange(MONTHS)),
            principal_idr=PRINCIPAL_IDR,
        )
        for serial in range(MEMBERS)
    ]
    on = month_of(start)
    return opening.take_over(
        cooperative=cooperative, people=given, key=new_id(), on=on, by=user
    ).members


def _collect(
    cooperative: Cooperative, members: list[Member], month: date, number: int, user: User
) -> int:
    """A month's meeting: most pay the month, some nothing, some three months at once."""
    random = Random(number)
    kind = SavingsKind.objects.of(cooperative).get(code="wajib")
    amount_idr = FIRST_IDR if number < MONTHS // 2 else LATER_IDR
    payments = []
    for serial, member in enumerate(members):
        if member.joined_on and member.joined_on > month:
            continue
        # The careful pay always, the others as it comes.
        share = random.random() if serial % 4 == 0 else 0.5
        if share < 0.3:
            continue
        times = 3 if share > 0.9 else 1
        payments.append(Payment(member, kind, amount_idr * times))
    collections.collect(
        cooperative=cooperative,
        payments=payments,
        title=f"Rapat {month:%Y-%m}",
        key=_key(number),
        on=month + timedelta(days=9),
        by=user,
    )
    return len(payments)


def _key(number: int) -> UUID:
    return UUID(int=number + (0x01890000_0000_7000_8000 << 48))
