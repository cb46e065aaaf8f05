"""What the API takes and gives about lists taken out."""

from typing import Any

from rest_framework import serializers

from kkmp.exports import lists
from kkmp.exports.models import ExportJob


class ExportIn(serializers.Serializer[Any]):
    list = serializers.SlugField(help_text="code of the list: members, figures, journals …")
    query = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=1000,
        help_text="what stands behind the ? of the page's address: status=active&rw=003",
    )

    def validate_list(self, code: str) -> lists.ExportList:
        kind = lists.find(code)
        if kind is None:
            known = ", ".join(sorted(kind.code for kind in lists.registered()))
            raise serializers.ValidationError(f"{code}: {known}", code="unknown_list")
        return kind


class ExportOut(serializers.ModelSerializer[ExportJob]):
    list = serializers.CharField(source="list_code")

    class Meta:
        model = ExportJob
        fields = ["id", "list", "query", "state", "done", "total", "filename", "size",
                  "created_at", "finished_at"]  # fmt: skip
        read_only_fields = fields
