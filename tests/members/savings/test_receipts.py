"""Receipts: what stands on them, that typed text stays text, originals and copies."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import typst
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from kkmp.access.models import User
from kkmp.lib import documents as paper
from kkmp.registry.models import Cooperative
from members.models import Member, Paper, ReceiptPrint, SavingsEntry, SavingsKind
from members.savings import documents as savings_documents
from members.savings import queries
from members.savings.services import receipts
from tests.conftest import MONDAY
from tests.members.conftest import NIKS

Enrol = Callable[..., Member]
Act = Callable[..., SavingsEntry]
Door = Callable[[User], Client]

#: Everything that typst would read as markup or code, and Indonesian names' own marks.
NASTY = '#import "x": * #panic() *tebal* _miring_ $x$ `k` @a <b> \\ // /* = - + [c] ~ "d" O\'Neil'


def _url(name: str, cooperative: Cooperative, *args: Any) -> str:
    return reverse(f"members:{name}", args=[cooperative.code, *args])


def _of(entry: SavingsEntry, copy: int = 0) -> dict[str, Any]:
    return savings_documents.receipt(queries.receipts(entry.cooperative).get(id=entry.id), copy)


def test_a_receipt_says_who_paid_what_and_what_is_held(
    melati: Cooperative, ayu: Member, voluntary: SavingsKind, pay: Act
) -> None:
    melati.address, melati.npwp, melati.ahu_number = "Jl. Melati 1", "0123456789012345", "AHU-1"
    melati.save()
    shown = _of(pay(ayu, voluntary, 1_250_000))
    assert shown["cooperative"]["lines"] == [
        "Jl. Melati 1",
        "Badan hukum AHU-1",
        "NPWP 0123456789012345",
    ]
    assert shown["title"] == "BUKTI SETORAN SIMPANAN"
    assert (shown["number"], shown["member_number"]) == ("S-000002", "0001")
    assert (shown["kind"], shown["amount"]) == ("Simpanan sukarela", "Rp1.250.000")
    assert shown["words"] == "Satu juta dua ratus lima puluh ribu rupiah"
    assert (shown["balance"], shown["clerk"]) == ("Rp1.250.000", "Tono (rekaan)")
    assert shown["signatures"][0] == "Penyetor"
    assert NIKS[1].digits not in str(shown)


def test_a_receipt_is_indonesian_whoever_reads_the_pages(
    ayu: Member, voluntary: SavingsKind, pay: Act
) -> None:
    entry = pay(ayu, voluntary, 10_000)
    with override("en"):
        shown = _of(entry)
    assert shown["kind"] == "Simpanan sukarela"
    assert shown["date"] == "23 November 2026"


def test_a_withdrawal_is_signed_by_who_receives(
    ayu: Member, voluntary: SavingsKind, pay: Act, take: Act
) -> None:
    pay(ayu, voluntary, 10_000)
    shown = _of(take(ayu, voluntary, 4_000))
    assert shown["title"] == "BUKTI PENARIKAN SIMPANAN"
    assert (shown["amount"], shown["signatures"][0]) == ("Rp4.000", "Penerima")


def test_who_has_no_number_yet_is_said_to_have_none(
    wulan: Member, principal: SavingsKind, pay: Act
) -> None:
    assert _of(pay(wulan, principal, 10_000))["member_number"] == "belum bernomor"


def test_the_time_stands_there_only_on_the_day_itself(
    ayu: Member, voluntary: SavingsKind, pay: Act
) -> None:
    entry = queries.receipts(ayu.cooperative).get(id=pay(ayu, voluntary, 10_000).id)
    entry.date = entry.journal.posted_at.date() + timedelta(days=400)
    assert savings_documents.receipt(entry, 0)["time"] == ""


def test_a_correction_and_what_it_corrects_name_each_other(
    ayu: Member, voluntary: SavingsKind, pay: Act, take: Act, correct: Act
) -> None:
    wrong = pay(ayu, voluntary, 10_000)
    mirrored = correct(wrong)
    assert "S-000002" in _of(mirrored)["remarks"][0]
    assert _of(mirrored)["title"] == "BUKTI KOREKSI SIMPANAN"
    assert "S-000003" in _of(wrong)["remarks"][0]
    pay(ayu, voluntary, 10_000)
    assert _of(correct(take(ayu, voluntary, 5_000)))["remarks"][0].startswith("Menambah")


@pytest.mark.parametrize(("copy", "mark"), [(0, ""), (1, "SALINAN"), (2, "SALINAN KE-2")])
def test_a_copy_is_marked(ayu: Member, copy: int, mark: str) -> None:
    assert _of(queries.entries(ayu).get(), copy)["copy"] == mark


@pytest.mark.parametrize("template", ["receipt_58mm", "receipt_80mm", "receipt_a4"])
def test_what_people_typed_stays_text(
    enrol: Enrol, principal: SavingsKind, pay: Act, template: str
) -> None:
    entry = pay(enrol(NASTY, nik=NIKS[4]), principal, 100_000)
    shown = _of(entry, copy=1)
    assert shown["member_name"] == NASTY
    path = f"members/savings/{template}.typ"
    # Were it read as code, "#panic()" and the missing file would stop it.
    assert paper.render(path, shown).startswith(b"%PDF")
    plain = re.sub(r"\S", "n", NASTY)
    same = shown | {"member_name": plain, "signed": [plain, shown["signed"][1]]}
    assert _glyphs(path, shown) == _glyphs(path, same)


@pytest.mark.parametrize("template", ["receipt_58mm", "receipt_80mm", "receipt_a4"])
def test_a_very_long_name_still_fits(
    enrol: Enrol, principal: SavingsKind, pay: Act, template: str
) -> None:
    entry = pay(enrol("W" * 120, nik=NIKS[4]), principal, 100_000)
    path = f"members/savings/{template}.typ"
    # Two pages would come as a list of drawings.
    assert _glyphs(path, _of(entry)) >= 120


def _glyphs(path: str, data: dict[str, Any]) -> int:
    """How many letters and signs are drawn; markup that was read as such draws fewer."""
    root = settings.BASE_DIR / "templates"
    svg = typst.compile(
        str(root / path),
        root=str(root),
        ignore_system_fonts=True,
        format="svg",
        sys_inputs={"data": json.dumps(data)},
    )
    assert isinstance(svg, bytes), "one page"
    return svg.count(b"<use ")


# --- Printing --------------------------------------------------------------------------------


def test_the_first_print_is_the_original_and_the_next_a_copy(
    ayu: Member, tono: User, client_of: Door
) -> None:
    entry, browser = queries.entries(ayu).get(), client_of(tono)
    url = _url("receipt_issue", ayu.cooperative, entry.id)
    for paper_, copy in ((Paper.ROLL, 0), (Paper.A4, 1)):
        answer = browser.post(url, {"paper": paper_})
        printed = ReceiptPrint.objects.of(ayu.cooperative).get(copy=copy)
        assert answer["Location"] == _url("receipt_pdf", ayu.cooperative, printed.id)
        pdf = browser.get(answer["Location"])
        assert pdf["Content-Type"] == "application/pdf"
        assert f"S-000001-{paper_}.pdf" in pdf["Content-Disposition"]
        assert pdf.content.startswith(b"%PDF")
    assert "SALINAN" in browser.get(_url("receipt", ayu.cooperative, entry.id)).content.decode()


def test_the_browser_prints_originals_and_copies_too(
    ayu: Member, tono: User, client_of: Door
) -> None:
    entry, browser = queries.entries(ayu).get(), client_of(tono)
    url = _url("receipt_issue", ayu.cooperative, entry.id)
    pages = [browser.post(url, {"paper": Paper.BROWSER}, follow=True) for _time in range(2)]
    marks = ["SALINAN" in page.content.decode() for page in pages]
    assert marks == [False, True]
    printed = ReceiptPrint.objects.of(ayu.cooperative).get(copy=0)
    assert browser.get(_url("receipt_pdf", ayu.cooperative, printed.id)).status_code == 404


def test_an_unknown_paper_prints_nothing(ayu: Member, tono: User, client_of: Door) -> None:
    entry = queries.entries(ayu).get()
    client_of(tono).post(_url("receipt_issue", ayu.cooperative, entry.id), {"paper": "kain"})
    assert not ReceiptPrint.objects.of(ayu.cooperative).exists()


def test_the_service_counts_copies(ayu: Member, tono: User) -> None:
    entry = queries.entries(ayu).get()
    copies = [receipts.issue(entry=entry, paper=Paper.A4, by=tono).copy for _time in range(3)]
    assert copies == [0, 1, 2]


def test_a_receipt_dated_otherwise_keeps_its_date(
    ayu: Member, voluntary: SavingsKind, pay: Act
) -> None:
    assert _of(pay(ayu, voluntary, 10_000, on=MONDAY))["date"] == "23 November 2026"
