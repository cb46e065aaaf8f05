"""The poster with the QR of the public form, for the office's wall and the RW's notice board.

It is Indonesian, whatever language the pages are read in.
"""

from io import BytesIO
from typing import Any

import segno

from kkmp.lib import documents
from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import format_rupiah
from kkmp.registry import queries as registry
from kkmp.registry.models import Cooperative
from members.joining import notices
from members.joining.queries.terms import Terms
from members.register.models import Category

_TEMPLATE = "members/joining/poster_a4.typ"


def pdf(cooperative: Cooperative, *, url: str, terms: list[Terms]) -> bytes:
    """The poster on A4.

    :param url: of the public form, absolute, as the QR and the line below it say it
    :param terms: of :func:`members.joining.queries.terms.on`
    """
    return documents.render(_TEMPLATE, content(cooperative, url=url, terms=terms))


def undrawn(cooperative: Cooperative) -> list[tuple[str, str]]:
    """What stands on the poster with empty boxes in it, and for which letters."""
    return documents.undrawn_in([cooperative.name, cooperative.address])


def content(cooperative: Cooperative, *, url: str, terms: list[Terms]) -> dict[str, Any]:
    """All that stands on the poster, as text, and the QR as a drawing."""
    with in_indonesian():
        return {
            "cooperative": cooperative.name,
            "kelurahan": cooperative.kelurahan.name,
            "kecamatan": cooperative.kelurahan.kecamatan.name,
            "costs": [_cost(one, alone=len(terms) == 1) for one in terms],
            "place": cooperative.address or f"Kantor {cooperative.name}",
            "phone": notices.phone(cooperative),
            "url": url.removeprefix("https://").removeprefix("http://"),
            "qr": _qr(url),
            "demo": registry.is_demo(),
        }


def _qr(text: str) -> str:
    drawing = BytesIO()
    segno.make(text, error="q").save(drawing, kind="svg", border=0, xmldecl=False)
    return drawing.getvalue().decode()


def _cost(terms: Terms, *, alone: bool) -> dict[str, str]:
    who = "" if alone else "Warga kelurahan ini"
    if terms.category == Category.EXTRAORDINARY:
        who = "Warga kelurahan lain"
    return {
        "who": who,
        "principal": format_rupiah(terms.principal_idr),
        "principal_note": "sekali, boleh dicicil" if terms.allows_instalments else "sekali bayar",
        "mandatory": format_rupiah(terms.mandatory_idr),
        "mandatory_note": "setiap bulan",
    }
