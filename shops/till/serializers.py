"""What the API takes and gives about sales."""

from typing import Any

from rest_framework import serializers

from kkmp.lib.api import Decimals, WholeNumber
from kkmp.lib.errors import DomainError
from kkmp.lib.identity import Nik, parse_nik
from kkmp.lib.money import MAX_IDR
from kkmp.lib.periods import JAKARTA
from members.pins.services import pins
from members.register.models import Member
from shops.payments.models import SalePayment
from shops.pricing.methods import Method
from shops.pricing.paying import MOST_GIVEN_IDR
from shops.pricing.terms import PriceTier
from shops.till import bodies
from shops.till.models import Sale, SaleLine
from shops.till.services.sale_context import Person
from shops.till.services.sales import SaleRequest, SoldLine, Tender
from shops.till.services.sold_rows import SoldRow


class SoldLineIn(serializers.Serializer[Any]):
    product = serializers.UUIDField()
    pack = serializers.UUIDField(
        allow_null=True, default=None, help_text="then the quantity counts packs"
    )
    quantity = Decimals(max_digits=12, decimal_places=3)
    price_tier = serializers.ChoiceField(choices=PriceTier.choices, default=PriceTier.GENERAL)
    discount_idr = WholeNumber(min_value=0, max_value=MAX_IDR, default=0)


class TenderIn(serializers.Serializer[Any]):
    method = serializers.ChoiceField(choices=Method.choices)
    amount_idr = WholeNumber(
        min_value=1, max_value=MOST_GIVEN_IDR, help_text="of cash: what was handed over"
    )
    reference = serializers.CharField(
        max_length=60, allow_blank=True, default="", help_text="of a voucher: its code"
    )


class SaleIn(serializers.Serializer[Any]):
    key = serializers.UUIDField(
        help_text="made by the till; sent again with the same content it sells nothing twice"
    )
    unit = serializers.SlugField(help_text="code of the unit of business")
    member = serializers.UUIDField(allow_null=True, default=None)
    lines = serializers.ListField(child=SoldLineIn(), max_length=bodies.MOST_LINES)
    payments = serializers.ListField(child=TenderIn(), max_length=bodies.MOST_PAYMENTS)
    discount_idr = WholeNumber(min_value=0, max_value=MAX_IDR, default=0)
    shown_idr = WholeNumber(
        allow_null=True,
        default=None,
        min_value=0,
        max_value=MAX_IDR,
        help_text="what the buyer was told to pay, rounded; another one is refused with 409",
    )
    buyer_nik = serializers.CharField(
        max_length=25, allow_blank=True, default="", help_text="where a rule asks who buys"
    )
    pin = serializers.CharField(
        max_length=pins.LENGTH,
        allow_blank=True,
        default="",
        write_only=True,
        help_text="the member's PIN for savings, where savings pay; wrong ones are counted",
    )
    device = serializers.CharField(max_length=36, allow_blank=True, default="")
    shift = serializers.UUIDField(
        allow_null=True,
        default=None,
        help_text="the shift that the cashier sees; while another one is open it is refused, 409",
    )

    def validate_buyer_nik(self, text: str) -> Nik | None:
        if not text.strip():
            return None
        try:
            return parse_nik(text)
        except DomainError as refusal:
            raise serializers.ValidationError(str(refusal), code=refusal.code) from refusal


def judged(data: object) -> dict[str, Any]:
    """What was sent, valid: as tills send it at once, else by :class:`SaleIn`.

    :raises ValidationError: it is no sale
    """
    plain = bodies.plain(data)
    if plain is not None:
        return plain
    given = SaleIn(data=data)
    given.is_valid(raise_exception=True)
    valid: dict[str, Any] = given.validated_data
    return valid


def sale_request(given: dict[str, Any]) -> SaleRequest:
    """What was sent, as the service takes it; the proof of a PIN comes later.

    :param given: of :func:`judged`
    """
    return SaleRequest(
        unit_code=given["unit"],
        lines=[
            SoldLine(
                line["product"],
                line["quantity"],
                PriceTier(line["price_tier"]),
                line["pack"],
                line["discount_idr"],
            )
            for line in given["lines"]
        ],
        payments=[
            Tender(Method(one["method"]), one["amount_idr"], one["reference"])
            for one in given["payments"]
        ],
        key=given["key"],
        member_id=given["member"],
        discount_idr=given["discount_idr"],
        shown_idr=given["shown_idr"],
        buyer_nik=given["buyer_nik"] or None,
        device=given["device"],
        shift_id=given["shift"],
    )


class SoldLineOut(serializers.ModelSerializer[SaleLine]):
    product = serializers.UUIDField(source="product_id")
    pack = serializers.UUIDField(source="pack_id", allow_null=True)
    price_tier = serializers.ChoiceField(choices=PriceTier.choices)

    class Meta:
        model = SaleLine
        fields = (
            "product",
            "name",
            "measure",
            "quantity",
            "pack",
            "pack_name",
            "pack_quantity",
            "price_tier",
            "price_idr",
            "discount_idr",
            "saving_idr",
            "total_idr",
        )
        read_only_fields = fields


class PaymentOut(serializers.ModelSerializer[SalePayment]):
    class Meta:
        model = SalePayment
        fields = ("method", "amount_idr", "reference", "due_on")
        read_only_fields = fields


class Buyer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    number = serializers.IntegerField()
    name = serializers.CharField()


class SaleOut(serializers.ModelSerializer[Sale]):
    """A sale as :func:`shops.till.queries.sales_with_lines` or the service returns it."""

    unit = serializers.CharField(help_text="code of the unit of business")
    member = Buyer(allow_null=True)
    cashier = serializers.CharField(source="cashier.username")
    lines = SoldLineOut(many=True)
    payments = PaymentOut(many=True)

    class Meta:
        model = Sale
        fields = (
            "id",
            "number",
            "key",
            "date",
            "sold_at",
            "unit",
            "member",
            "cashier",
            "device",
            "total_idr",
            "discount_idr",
            "rounding_idr",
            "paid_idr",
            "change_idr",
            "lines",
            "payments",
        )
        read_only_fields = fields

    def to_representation(self, sale: Sale) -> dict[str, Any]:
        """Made by :func:`body`: a till waits for it, and fields would take ten times as long."""
        return body(sale)


def body(sale: Sale) -> dict[str, Any]:
    """The API's answer for a sale, whether it was just made or is read again."""
    buyer = (sale.buyer or sale.member) if sale.member_id else None
    return {
        "id": str(sale.id),
        "number": sale.number,
        "key": str(sale.key),
        "date": sale.date.isoformat(),
        "sold_at": sale.sold_at.astimezone(JAKARTA).isoformat(),
        "unit": sale.unit_code or sale.unit.code,
        "member": _buyer(buyer) if buyer else None,
        "cashier": sale.cashier.username,
        "device": sale.device,
        "total_idr": sale.total_idr,
        "discount_idr": sale.discount_idr,
        "rounding_idr": sale.rounding_idr,
        "paid_idr": sale.paid_idr,
        "change_idr": sale.change_idr,
        "lines": [_line(line) for line in sale.sold_lines or sale.lines.all()],
        "payments": [_payment(one) for one in sale.paid_by or sale.payments.all()],
    }


def _buyer(buyer: Member | Person) -> dict[str, Any]:
    return {"id": str(buyer.id), "number": buyer.number, "name": buyer.name}


def _line(line: SaleLine | SoldRow) -> dict[str, Any]:
    return {
        "product": str(line.product_id),
        "name": line.name,
        "measure": line.measure,
        "quantity": f"{line.quantity:.3f}",
        "pack": str(line.pack_id) if line.pack_id else None,
        "pack_name": line.pack_name,
        "pack_quantity": None if line.pack_quantity is None else f"{line.pack_quantity:.3f}",
        "price_tier": str(line.price_tier),
        "price_idr": line.price_idr,
        "discount_idr": line.discount_idr,
        "saving_idr": line.saving_idr,
        "total_idr": line.total_idr,
    }


def _payment(payment: SalePayment) -> dict[str, Any]:
    return {
        "method": str(payment.method),
        "amount_idr": payment.amount_idr,
        "reference": payment.reference,
        "due_on": payment.due_on.isoformat() if payment.due_on else None,
    }
