"""What the API takes and gives about saved views."""

from typing import Any

from rest_framework import serializers

from members.saved_views.models import SavedView, ViewPage
from members.saved_views.services.saved_views import LONGEST_NAME


class ViewOut(serializers.ModelSerializer[SavedView]):
    owner = serializers.CharField(source="owner.username")

    class Meta:
        model = SavedView
        fields = ["id", "page", "name", "query", "is_shared", "owner"]
        read_only_fields = fields


class ViewIn(serializers.Serializer[Any]):
    page = serializers.ChoiceField(choices=ViewPage.choices)
    name = serializers.CharField(max_length=LONGEST_NAME)
    query = serializers.CharField(
        required=False, allow_blank=True, default="", help_text="behind the ? of the address"
    )
    is_shared = serializers.BooleanField(default=False)


class ViewChange(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=LONGEST_NAME, required=False)
    is_shared = serializers.BooleanField(required=False)
