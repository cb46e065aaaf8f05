"""The pages about paying, as the links above each of them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kkmp.access.permissions import Permission


def shown(request: Any, current: str) -> list[dict[str, Any]]:
    """The links for whoever asks.

    :param current: the view that is open
    """
    pages = (
        ("payments", _("QRIS and transfers"), "qrcode", Permission.PAYMENTS_READ),
        ("credits", _("Credit (bon)"), "address-book", Permission.PAYMENTS_READ),
        ("vouchers", _("Vouchers"), "ticket", Permission.SALES_READ),
    )
    return [
        {
            "label": label,
            "icon": icon,
            "url": reverse(f"shops:{view}", args=[request.cooperative.code]),
            "current": view == current,
        }
        for view, label, icon, permission in pages
        if permission in request.permissions
    ]
