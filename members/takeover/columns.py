"""What lists of members and of payments may tell, and what their columns are called."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from kkmp.imports.rows import Column

NIK = Column(
    name="nik",
    label=_("NIK"),
    synonyms=(
        "nik",
        "no ktp nik",
        "no ktp",
        "nomor ktp",
        "ktp",
        "no nik",
        "nomor nik",
        "nik ktp",
        "no identitas",
        "nomor induk kependudukan",
    ),
    is_required=True,
    is_secret=True,
    looks=r"\d{16}",
)

NUMBER = Column(
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
)

MEMBERS = (
    Column(
        name="name",
        label=_("Name"),
        synonyms=(
            "nama lengkap",
            "nama",
            "nama anggota",
            "nama lengkap anggota",
            "nama calon anggota",
            "name",
            "full name",
        ),
        is_required=True,
    ),
    NIK,
    NUMBER,
    Column(
        name="birth",
        label=_("Place and date of birth"),
        synonyms=(
            "tempat tgl lahir",
            "tempat tanggal lahir",
            "ttl",
            "tempat dan tanggal lahir",
            "tempat dan tgl lahir",
            "tmpt tgl lahir",
            "tempat lahir tanggal lahir",
        ),
    ),
    Column(name="birth_place", label=_("Place of birth"), synonyms=("tempat lahir", "tmp lahir")),
    Column(
        name="birth_date",
        label=_("Date of birth"),
        synonyms=("tanggal lahir", "tgl lahir", "tgl lhr", "lahir", "date of birth"),
    ),
    Column(
        name="sex",
        label=_("Sex"),
        synonyms=("l p", "lp", "jenis kelamin", "jk", "j k", "kelamin", "gender", "sex"),
    ),
    Column(
        name="address",
        label=_("Address"),
        synonyms=("alamat", "alamat lengkap", "alamat rumah", "alamat tinggal", "address"),
    ),
    Column(name="rt_rw", label=_("RT/RW"), synonyms=("rt rw", "rtrw")),
    Column(name="rt", label=_("RT"), synonyms=("rt", "no rt")),
    Column(name="rw", label=_("RW"), synonyms=("rw", "no rw")),
    Column(
        name="phone",
        label=_("Phone"),
        synonyms=(
            "no hp wa",
            "no hp",
            "hp",
            "nomor hp",
            "no wa",
            "wa",
            "whatsapp",
            "no telepon",
            "telepon",
            "no telp",
            "telp",
            "no telp hp",
            "handphone",
            "phone",
        ),
    ),
    Column(
        name="occupation",
        label=_("Occupation"),
        synonyms=("pekerjaan", "profesi", "occupation"),
    ),
    Column(
        name="agency",
        label=_("Agency (OPD)"),
        synonyms=("instansi", "opd", "instansi opd", "dinas", "unit kerja", "agency"),
    ),
    Column(
        name="since",
        label=_("Registered on"),
        synonyms=(
            "tgl daftar",
            "tanggal daftar",
            "tgl masuk",
            "tanggal masuk",
            "tgl gabung",
            "tanggal bergabung",
            "tgl mendaftar",
            "tanggal pendaftaran",
            "registered on",
        ),
    ),
    Column(
        name="principal",
        label=_("Principal savings"),
        synonyms=("simp pokok", "simpanan pokok", "pokok", "s pokok", "principal savings"),
        is_amount=True,
    ),
    Column(
        name="mandatory",
        label=_("Mandatory savings"),
        synonyms=("simp wajib", "simpanan wajib", "wajib", "s wajib", "mandatory savings"),
        is_amount=True,
    ),
    Column(
        name="voluntary",
        label=_("Voluntary savings"),
        synonyms=(
            "simp sukarela",
            "simpanan sukarela",
            "sukarela",
            "manasuka",
            "voluntary savings",
        ),
        is_amount=True,
    ),
    Column(
        name="status",
        label=_("Status"),
        synonyms=("status", "status anggota", "status keanggotaan", "status pembayaran"),
    ),
)

BILLS = (
    NUMBER,
    replace(NIK, is_required=False),
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
        is_amount=True,
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
