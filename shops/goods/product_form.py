"""The form of a product."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from finance.ledger.accounts import Code
from finance.ledger.models import BusinessUnit
from kkmp.lib.forms import DateField, QuantityField, RupiahField
from kkmp.registry.models import Cooperative
from shops.goods.models import Product
from shops.goods.services.particulars import Particulars
from shops.pricing.terms import MAX_PRICE_IDR
from shops.units import queries

#: Accounts that services earn on, in words.
SERVICE_INCOME = (
    ("", _("Choose")),
    (Code.DELIVERY, _("Delivery")),
    (Code.AGENCY_COMMISSION, _("Commission of an agency (Laku Pandai, PPOB)")),
)


def _tier_price(**options: Any) -> RupiahField:
    return RupiahField(min_value=1, max_value=MAX_PRICE_IDR, **options)


class ProductForm(forms.Form):
    """A product as it is added or edited; ``particulars()`` is what the service takes."""

    name = forms.CharField(label=_("Name"), max_length=80)
    category = forms.CharField(
        label=_("Category"),
        max_length=40,
        help_text=_("Choose one, or write a new one."),
        widget=forms.TextInput({"list": "known-categories", "autocomplete": "off"}),
    )
    unit = forms.ModelChoiceField(
        label=_("Unit of business"), queryset=BusinessUnit.objects.none(), empty_label=None
    )
    code = forms.CharField(
        label=_("Barcode or code"),
        max_length=32,
        required=False,
        help_text=_("Scan the barcode here. Leave it empty if there is none."),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "text"}),
    )
    measure = forms.CharField(
        label=_("Sold per"),
        max_length=12,
        help_text=_("Like pcs, kg or sak."),
        widget=forms.TextInput({"list": "known-measures", "autocomplete": "off"}),
    )
    is_weighed = forms.BooleanField(label=_("Weighed: may be sold as 0,5 or 1,25"), required=False)
    general_price_idr = _tier_price(label=_("General price"))
    member_price_idr = _tier_price(
        label=_("Member price"),
        required=False,
        help_text=_("Leave it empty if members pay the same."),
    )
    wholesale_price_idr = _tier_price(
        label=_("Wholesale price"),
        required=False,
        help_text=_("For kiosks. Leave it empty if it is not sold wholesale."),
    )
    institution_price_idr = _tier_price(
        label=_("Institution price"),
        required=False,
        help_text=_("For schools, kitchens and offices. Leave it empty if they pay the same."),
    )
    is_service = forms.BooleanField(
        label=_("A service: it has no stock"),
        required=False,
        help_text=_("Delivery, or an agency's commission."),
    )
    income_code = forms.ChoiceField(
        label=_("What it earns"),
        choices=SERVICE_INCOME,
        error_messages={"required": _("Choose what this service earns.")},
    )
    pack_size = forms.IntegerField(
        label=_("In a carton"), required=False, min_value=1, max_value=100_000
    )
    stock_min = QuantityField(
        label=_("Minimum stock"),
        required=False,
        min_value=0,
        help_text=_("The list warns when there is less."),
    )
    expires_on = DateField(label=_("Best before"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = queries.units(cooperative)  # type: ignore[attr-defined]
        # Goods are not asked for it; the form hides it from them.
        is_service = not self.is_bound or bool(self.data.get("is_service"))
        self.fields["income_code"].required = is_service

    @staticmethod
    def initial_of(product: Product) -> dict[str, Any]:
        """What the form shows of a product that is to be edited."""
        names = ("name", "unit", "code", "measure", "is_weighed", "general_price_idr",
                 "member_price_idr", "wholesale_price_idr", "institution_price_idr",
                 "is_service", "income_code", "pack_size", "stock_min", "expires_on",
                 "version")  # fmt: skip
        return {name: getattr(product, name) for name in names} | {
            "category": product.category.name
        }

    def particulars(self) -> Particulars:
        kept = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        kept["member_price_idr"] = kept["member_price_idr"] or kept["general_price_idr"]
        kept["stock_min"] = kept["stock_min"] or 0
        return Particulars(**kept)
