"""Who can sign in to the demo, one person per role."""

from typing import NamedTuple

PASSWORD = "demo-kkmp-2025"  # noqa: S105  said in the README


class SignIn(NamedTuple):
    username: str
    english: str
    indonesian: str


SIGN_INS = (
    SignIn("admin", "Administrator", "Administrator"),
    SignIn("kota", "City officer", "Petugas Dinas"),
    SignIn("pendamping", "City mentor", "Pendamping"),
    SignIn("ketua.gedawang", "Chair, Gedawang", "Ketua, Gedawang"),
    SignIn("bendahara.gedawang", "Treasurer, Gedawang", "Bendahara, Gedawang"),
    SignIn("kasir.gedawang", "Cashier, Gedawang", "Kasir, Gedawang"),
    SignIn("sekretaris.gedawang", "Membership clerk, Gedawang", "Sekretaris, Gedawang"),
    SignIn("pengawas.gedawang", "Supervisor, Gedawang", "Pengawas, Gedawang"),
    SignIn("kasir.bringin", "Cashier, Bringin", "Kasir, Bringin"),
)
