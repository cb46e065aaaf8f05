"""What the API takes and gives about mandatory savings, arrears and collections."""

from typing import Any

from rest_framework import serializers

from kkmp.lib.api import Day, WholeNumber
from members.dues.models import Collection, CollectionSource
from members.dues.schedule import State
from members.joining.models import Channel, Contact
from members.savings.services.limits import MOST_IDR


class MonthOut(serializers.Serializer[Any]):
    month = serializers.DateField(help_text="its first day")
    due_idr = serializers.IntegerField()
    paid_idr = serializers.IntegerField()
    state = serializers.ChoiceField(choices=State.choices)


class OpenDuesOut(serializers.Serializer[Any]):
    arrears_idr = serializers.IntegerField(help_text="open of the months that are over")
    open_idr = serializers.IntegerField(help_text="that, and what is open of this month")
    ahead_idr = serializers.IntegerField(help_text="paid for months that have not begun")
    oldest = serializers.DateField(allow_null=True, help_text="oldest open month that is over")
    behind = serializers.IntegerField(help_text="how many months back that lies")


class DuesOut(serializers.Serializer[Any]):
    """A member's year of mandatory savings."""

    member = serializers.UUIDField(source="member.id")
    number = serializers.IntegerField(source="member.number", allow_null=True)
    name = serializers.CharField(source="member.name")
    rw = serializers.CharField(source="member.rw")
    status = OpenDuesOut()
    months = MonthOut(many=True)


class ArrearsContactOut(serializers.ModelSerializer[Contact]):
    class Meta:
        model = Contact
        fields = ["channel", "on", "note"]
        read_only_fields = fields


class ArrearsOut(serializers.Serializer[Any]):
    """A member in arrears, with the text of a reminder."""

    member = serializers.UUIDField(source="member.id")
    number = serializers.IntegerField(source="member.number", allow_null=True)
    name = serializers.CharField(source="member.name")
    rw = serializers.CharField(source="member.rw")
    phone = serializers.CharField(source="member.phone")
    status = OpenDuesOut()
    text = serializers.CharField(help_text="in Indonesian")
    whatsapp = serializers.CharField(help_text="address with the text; empty without a mobile")
    contact = ArrearsContactOut(
        allow_null=True, help_text="the last time they were called on for it"
    )


class ArrearsContactIn(serializers.Serializer[Any]):
    member = serializers.UUIDField()
    channel = serializers.ChoiceField(choices=Channel.choices)
    note = serializers.CharField(required=False, allow_blank=True, max_length=200)


class CollectedIn(serializers.Serializer[Any]):
    member = serializers.UUIDField()
    kind = serializers.SlugField(help_text="code of a kind of savings: wajib, sukarela")
    amount_idr = WholeNumber(min_value=1, max_value=MOST_IDR)


class CollectionIn(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=80)
    payments = CollectedIn(many=True, allow_empty=False)
    day = Day(required=False, help_text="a past day of an open month; without it today")
    key = serializers.UUIDField(
        help_text="made by the program; the same key and content is taken once"
    )


class CollectionOut(serializers.ModelSerializer[Collection]):
    source = serializers.ChoiceField(  # type: ignore[assignment]  # a name of the answer
        choices=CollectionSource.choices
    )

    class Meta:
        model = Collection
        fields = ["id", "number", "source", "title", "date", "payments", "total_idr"]
        read_only_fields = fields
