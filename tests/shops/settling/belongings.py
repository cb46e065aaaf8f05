"""A settlement."""

from shops.models import Settlement

KINDS = {"settlement": (Settlement, {})}
PLAIN = "back method net_idr note show clock"
MADE = {
    "shops/settling/views/settlements.py _shown_idr": "amounts that the page showed",
}
