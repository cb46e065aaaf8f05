"""The forms of products, packs, prices, rules, categories and photos."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from finance.ledger.accounts import Code
from finance.ledger.models import BusinessUnit
from kkmp.lib.clock import business_today
from kkmp.lib.edit_conflicts import Seen
from kkmp.lib.forms import DateField, KeyField, QuantityField, RupiahField, WholeField, offer_rows
from kkmp.registry.models import Cooperative
from shops.goods import photos
from shops.goods.models import Category, Colour, Pack, Product
from shops.goods.presets import Preset
from shops.goods.services import packs, prices, rules
from shops.goods.services.particulars import MOST_IN_CARTON, MOST_YEARS, Particulars
from shops.pricing.terms import MAX_PRICE_IDR, Period, PriceTier
from shops.units import queries as units_queries

#: Accounts that services earn on, in words.
SERVICE_INCOME = (
    ("", _("Choose")),
    (Code.DELIVERY, _("Delivery")),
    (Code.AGENCY_COMMISSION, _("Commission of an agency (Laku Pandai, PPOB)")),
)


def _tier_price(**options: Any) -> RupiahField:
    return RupiahField(min_value=1, max_value=MAX_PRICE_IDR, **options)


class ProductForm(Seen, forms.Form):
    """A product as it is added or edited; ``particulars()`` is what the service takes."""

    ACTS = ("product.add", "product.edit", "product.photo", "product.retire", "product.restore")

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
    pack_size = WholeField(
        label=_("In a carton"), required=False, min_value=1, max_value=MOST_IN_CARTON
    )
    stock_min = QuantityField(
        label=_("Minimum stock"),
        required=False,
        min_value=0,
        help_text=_("The list warns when there is less."),
    )
    expires_on = DateField(label=_("Best before"), required=False, years=MOST_YEARS)
    is_subsidised = forms.BooleanField(
        label=_("Subsidised by the state"),
        required=False,
        help_text=_(
            "Like LPG 3 kg, SPHP rice and Minyakita. It is sold at the wholesale price only while "
            "its rule allows that."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, cooperative: Cooperative, product: Product | None = None, **kwargs: Any
    ) -> None:
        #: What is on record now; nothing of a new one.
        self.before: dict[str, Any] = self.initial_of(product) if product else {}
        super().__init__(*args, **{"initial": self.before} | kwargs)
        if product is not None:
            self.show(self.before)
        offer_rows(self, "unit", units_queries.units(cooperative))
        # Goods are not asked for it; the form hides it from them.
        is_service = not self.is_bound or bool(self.data.get("is_service"))
        self.fields["income_code"].required = is_service

    @staticmethod
    def initial_of(product: Product) -> dict[str, Any]:
        """What the form shows of a product that is to be edited."""
        names = ("name", "unit", "code", "measure", "is_weighed", "general_price_idr",
                 "member_price_idr", "wholesale_price_idr", "institution_price_idr",
                 "is_service", "income_code", "pack_size", "stock_min", "expires_on",
                 "is_subsidised", "version")  # fmt: skip
        return {name: getattr(product, name) for name in names} | {
            "category": product.category.name
        }

    def particulars(self) -> Particulars:
        kept = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        kept["member_price_idr"] = kept["member_price_idr"] or kept["general_price_idr"]
        kept["stock_min"] = kept["stock_min"] or 0
        return Particulars(**kept)


def _price(label: StrOrPromise, **options: Any) -> RupiahField:
    return RupiahField(label=label, min_value=1, max_value=MAX_PRICE_IDR, required=False, **options)


class PackForm(Seen, forms.Form):
    """A pack of a product; ``pack`` is the one that changes, or None for a new one."""

    name = forms.CharField(
        label=_("Name of the pack"), max_length=12, help_text=_("Like dus, bal or renteng.")
    )
    factor = QuantityField(label=_("How many are in it"), min_value=0)
    code = forms.CharField(
        label=_("Barcode or code"),
        max_length=32,
        required=False,
        help_text=_("The barcode on the pack itself, if it has one."),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "text"}),
    )
    general_price_idr = _price(
        _("General price of one pack"),
        help_text=_("Leave prices empty that are as many times the price of one."),
    )
    member_price_idr = _price(_("Member price of one pack"))
    wholesale_price_idr = _price(_("Wholesale price of one pack"))
    institution_price_idr = _price(_("Institution price of one pack"))

    def __init__(self, *args: Any, pack: Pack | None = None, **kwargs: Any) -> None:
        #: What is on record now.
        self.before: dict[str, Any] = (
            {name: getattr(pack, name) for name in self.base_fields} if pack else {}
        )
        super().__init__(*args, **{"initial": self.before} | kwargs)
        if pack is not None:
            self.show(self.before)

    def contents(self) -> packs.Contents:
        return packs.Contents(**self.cleaned_data)


class PriceForm(forms.Form):
    """A price from a quantity and from a day on."""

    tier = forms.ChoiceField(label=_("For whom"), choices=PriceTier.choices)
    min_quantity = QuantityField(
        label=_("From a quantity of"),
        min_value=0,
        required=False,
        help_text=_("Empty: for any quantity."),
    )
    price_idr = RupiahField(label=_("Price of one"), min_value=1, max_value=MAX_PRICE_IDR)
    valid_from = DateField(label=_("From"), initial=business_today)
    valid_until = DateField(
        years=10, label=_("Last day"), required=False, help_text=_("Empty: until you end it.")
    )

    def terms(self) -> prices.Terms:
        given = self.cleaned_data
        return prices.Terms(**given | {"tier": PriceTier(given["tier"])})


class RuleForm(forms.Form):
    """A rule of a subsidised product, begun from a preset where one is chosen."""

    product = forms.ModelChoiceField(label=_("Product"), queryset=Product.objects.none())
    ceiling_idr = RupiahField(
        label=_("Ceiling price (HET) of one"),
        min_value=1,
        max_value=MAX_PRICE_IDR,
        required=False,
        help_text=_("It is not sold for more. Empty: no ceiling."),
    )
    most_quantity = QuantityField(
        label=_("Most for each buyer"), min_value=0, required=False, help_text=_("Empty: any.")
    )
    period = forms.ChoiceField(label=_("Counted over"), choices=Period.choices)
    no_wholesale = forms.BooleanField(label=_("Never at the wholesale price"), required=False)
    needs_identity = forms.BooleanField(
        label=_("The buyer must be known: a member, or the NIK is asked for"), required=False
    )
    source = forms.CharField(
        label=_("Where it is written"),
        max_length=200,
        help_text=_("The decree or letter with its number."),
    )
    valid_from = DateField(label=_("From"), initial=business_today)
    valid_until = DateField(label=_("Last day"), required=False, years=10)

    def __init__(
        self,
        *args: Any,
        cooperative: Cooperative,
        product_id: str = "",
        preset: Preset | None = None,
        **kwargs: Any,
    ) -> None:
        begun = dict(preset.initial()) if preset else {"period": Period.DAY}
        kwargs["initial"] = begun | {"product": product_id}
        super().__init__(*args, **kwargs)
        goods = Product.objects.of(cooperative).filter(is_active=True, is_service=False)
        offer_rows(self, "product", goods.order_by("name", "id"))

    def terms(self) -> rules.Terms:
        given = {name: value for name, value in self.cleaned_data.items() if name != "product"}
        return rules.Terms(**given | {"period": Period(given["period"])})


class CategoryForm(Seen, forms.Form):
    """A shelf's name and the colour of its tiles, with what the page showed."""

    name = forms.CharField(label=_("Name"), max_length=40)
    colour = forms.ChoiceField(
        label=_("Colour of the tiles at the till"),
        choices=Colour.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, category: Category, **kwargs: Any) -> None:
        #: What is on record now.
        self.before = {"name": category.name, "colour": category.colour}
        super().__init__(*args, **{"initial": self.before} | kwargs)
        self.show(self.before)


class PhotoForm(forms.Form):
    """A photo of a product, or taking it away."""

    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_("JPEG, PNG or WebP, at most 2 MB. On this page it is made smaller by itself."),
        widget=forms.FileInput(
            {"accept": "image/jpeg,image/png,image/webp", "data-shrink-photo": "800"}
        ),
    )
    remove = forms.BooleanField(label=_("Take the photo away"), required=False)

    def clean_photo(self) -> UploadedFile[bytes] | None:
        upload = self.cleaned_data["photo"]
        if not upload:
            return None
        try:
            return photos.checked(upload)
        except photos.PhotoRefused as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given.get("photo") and not given.get("remove"):
            self.add_error("photo", _("Choose a photo first."))
        return given


class OpeningCorrection(forms.Form):
    """What was on the shelf when the books began."""

    key = KeyField()
    cost_idr = RupiahField(label=_("One of it was bought for"), min_value=1)
    reason = forms.CharField(
        label=_("What was wrong?"),
        max_length=120,
        help_text=_("It stays in the books, for example: counted twice."),
    )

    def __init__(self, *args: Any, product: Product, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quantity"] = QuantityField(
            label=_("There was on the shelf"),
            min_value=0,
            is_weighed=product.is_weighed,
            help_text=product.measure,
        )
        self.fields["cost_idr"].help_text = gettext("For one %(measure)s.") % {
            "measure": product.measure
        }
        self.order_fields(["key", "quantity", "cost_idr", "reason"])
