"""What the till's script must be told: addresses, settings, the shift, and the words it shows."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.templatetags.static import static
from django.urls import reverse

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest
from shops.drawers.models import Shift
from shops.settings.models import TillSettings
from shops.till.words import words

#: Stands in an address where the till puts the id of what it means.
PLACEHOLDER = UUID(int=0)


def setup(
    request: CoopRequest, *, unit: str, shift: Shift | None, settings: TillSettings
) -> dict[str, Any]:
    """Fit for JSON.

    :param unit: code of the unit of business that the till sells for
    :param shift: the cashier's open one, wherever it is
    """
    return {
        "cooperative": request.cooperative.code,
        "unit": unit,
        "cashier": str(request.user.pk),
        "hasShift": shift is not None and shift.unit.code == unit,
        "mayDiscount": Permission.SALES_DISCOUNT in request.permissions,
        "step": settings.cash_step_idr,
        "addresses": _addresses(request),
        "words": words(),
    }


def _addresses(request: CoopRequest) -> dict[str, str]:
    code = request.cooperative.code
    sign_in = reverse("account_login")
    return {
        "sell": reverse("api-sales"),
        "goods": reverse("shops:till_goods", args=[code]),
        "members": reverse("shops:till_members", args=[code]),
        "unknown": reverse("shops:unknown_code_note", args=[code]),
        "receipts": reverse("shops:till_receipts", args=[code]),
        "signIn": f"{sign_in}?{urlencode({'next': request.get_full_path()})}",
        "credit": reverse("api-credit", args=[PLACEHOLDER]),
        "vouchers": reverse("api-vouchers"),
        "receipt": reverse("shops:till_receipt", args=[code, PLACEHOLDER]),
        "photo": reverse("shops:product_photo", args=[code, PLACEHOLDER]),
        "placeholder": str(PLACEHOLDER),
        "detector": static("vendor/barcode-detector/ponyfill.js"),
        "detectorWasm": static("vendor/barcode-detector/zxing_reader.wasm"),
    }
