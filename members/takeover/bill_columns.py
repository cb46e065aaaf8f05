"""What a list of payments may tell, and what its columns are called."""

from django.utils.translation import gettext_lazy as _

from kkmp.imports.rows import Column

COLUMNS = (
    Column(
        name="number",
        label=_("Member number"),
        synonyms=(
            "no anggota",
            "nomor anggota",
            "no agt",
            "nomor agt",
            "id anggota",
            "kode anggota",
            "nia",
            "no induk anggota",
            "nomor induk anggota",
            "member number",
            "member no",
        ),
    ),
    Column(
        name="nik",
        label=_("NIK"),
        synonyms=("nik", "no ktp", "nomor ktp", "ktp", "no nik", "nomor nik", "no ktp nik"),
        is_secret=True,
    ),
    Column(
        name="name",
        label=_("Name"),
        synonyms=("nama", "nama anggota", "nama lengkap", "anggota", "name", "member"),
    ),
    Column(
        name="month",
        label=_("Month"),
        synonyms=(
            "bulan",
            "periode",
            "bulan tagihan",
            "untuk bulan",
            "periode tagihan",
            "bulan iuran",
            "month",
            "period",
        ),
        is_required=True,
    ),
    Column(
        name="amount",
        label=_("Amount"),
        synonyms=(
            "jumlah",
            "nominal",
            "jumlah bayar",
            "jumlah dibayar",
            "dibayar",
            "bayar",
            "nilai",
            "jumlah tagihan",
            "tagihan",
            "setoran",
            "amount",
            "paid",
        ),
        is_required=True,
    ),
    Column(
        name="kind",
        label=_("Kind of savings"),
        synonyms=("jenis simpanan", "jenis tagihan", "jenis", "simpanan", "kind"),
    ),
    Column(
        name="paid_on",
        label=_("Paid on"),
        synonyms=(
            "tgl bayar",
            "tanggal bayar",
            "tanggal pembayaran",
            "tgl pembayaran",
            "dibayar tanggal",
            "tanggal",
            "tgl",
            "date paid",
            "paid on",
        ),
    ),
)
