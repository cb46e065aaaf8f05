"""The style guide: every component on one page, with invented words; only while developing."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from kkmp.lib.day_input import DayInput

_MEMBERS = [
    ("Sri Wahyuni", "0812-3456-7890", "Aktif", "good", "Rp650.000"),
    ("Bambang Sutrisno", "0857-2222-1313", "Aktif", "good", "Rp1.300.000"),
    ("Siti Nur Khasanah", "", "Belum lengkap", "warn", "Rp100.000"),
    ("Muhammad Arif Budi Prasetyo", "0813-9999-0001", "Di RW", "", "Rp0"),
]
_COLUMNS = ("name", "phone", "status", "tone", "savings")
_WEEKS = ["24 Agu", "31 Agu", "7 Sep", "14 Sep", "21 Sep", "28 Sep", "5 Okt", "12 Okt"]
_ACTIVE = [2100, 2480, 2910, 3260, 3700, 3990, 4310, 4512]
_INCOMPLETE = [900, 870, 910, 820, 760, 700, 690, 610]
_STAGES = [0, 0, 12, 88, 42, 21, 7, 6, 1]


class _Filters(forms.Form):
    q = forms.CharField(label="Cari nama, nomor atau telepon", required=False)
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Semua"), ("aktif", "Aktif")]
    )
    rw = forms.ChoiceField(label="RW", required=False, choices=[("", "Semua"), ("01", "RW 01")])


class _Deposit(forms.Form):
    kind = forms.ChoiceField(
        label="Jenis simpanan",
        widget=forms.RadioSelect,
        choices=[("wajib", "Simpanan wajib"), ("sukarela", "Simpanan sukarela")],
    )
    amount_idr = forms.IntegerField(
        label="Jumlah setoran",
        help_text="Rupiah penuh, tanpa sen.",
        widget=forms.TextInput(attrs={"data-rupiah": "", "inputmode": "numeric"}),
    )
    day = forms.DateField(widget=DayInput, label="Tanggal")
    account = forms.ChoiceField(
        label="Masuk ke", choices=[("kas", "Kas toko"), ("bank", "Bank Jateng")]
    )
    note = forms.CharField(
        label="Catatan", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    proof = forms.FileField(label="Foto bukti", required=False)
    receipt = forms.BooleanField(label="Cetak bukti setelah disimpan", required=False)


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show every component; a post shows the form with its errors, ``?toast`` shows the toasts."""
    if "toast" in request.GET:
        messages.success(request, "Setoran Rp100.000 atas nama Sri Wahyuni tercatat.")
        messages.error(request, "Printer tidak terhubung.")
    form = _Deposit(request.POST or None, initial={"amount_idr": "100000"})
    sample = {
        "more": [{"label": "Impor dari Excel", "url": "#", "icon": "upload"}],
        "filters": _Filters(request.GET or None),
        "form": form,
        "members": [
            dict(zip(_COLUMNS, row, strict=True)) | {"number": f"{number:04}"}
            for number, row in enumerate(_MEMBERS, start=1)
        ],
        "page": Paginator(range(120), 25).get_page(request.GET.get("page", 2)),
        "stages": [{"rank": rank, "count": count} for rank, count in enumerate(_STAGES)],
        "growth": {
            "type": "line",
            "unit": "count",
            "labels": _WEEKS,
            "series": [
                {"label": "Anggota aktif", "values": _ACTIVE},
                {"label": "Belum lengkap", "values": _INCOMPLETE},
            ],
        },
    }
    status = 422 if form.is_bound else 200
    return render(request, "styleguide.html", {"sample": sample}, status=status)
