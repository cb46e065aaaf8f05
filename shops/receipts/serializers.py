"""A receipt as programs ask for it and get it."""

from typing import Any

from rest_framework import serializers

from shops.receipts.documents.text import COLUMNS


class ReceiptIn(serializers.Serializer[Any]):
    width = serializers.ChoiceField(choices=list(COLUMNS), default=58, help_text="millimetres")


class ReceiptOut(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    width = serializers.IntegerField()
    text = serializers.CharField(help_text="rows of 32 or 48 letters, marked as a copy")
    message = serializers.CharField(help_text="short, for WhatsApp")
