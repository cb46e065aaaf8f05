"""Lists of members and of their bills to take in."""

from tests.imports.conftest import MEMBER_TITLES, listed

FILES = {
    "members": (MEMBER_TITLES, listed(1, "Dewanti {word}")),
    "bills": (
        ("No Anggota", "Nama", "Bulan", "Jumlah"),
        ("1", "Ani {word}", "2026-10", "10.000"),
    ),
}
