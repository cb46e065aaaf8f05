"""What the API takes and gives about imports; cells of the file only stand in sentences."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from rest_framework import serializers
from typing_extensions import override

from kkmp.imports import kinds
from kkmp.imports.models import ImportBatch
from kkmp.imports.preview import State
from kkmp.lib.api import Day, WholeNumber
from kkmp.lib.clock import business_today
from kkmp.lib.spreadsheet import MAX_BYTES


class ColumnsField(serializers.JSONField):
    """The file's columns for each of ours, by letter or title; several are added up."""

    @override
    def to_internal_value(self, data: Any) -> dict[str, list[str]]:
        given = super().to_internal_value(data)
        if not isinstance(given, dict):
            raise serializers.ValidationError(
                _("Name the columns of the list, each with a column.")
            )
        found = {}
        for name, told in given.items():
            titles = told if isinstance(told, list) else [told]
            if not all(isinstance(title, str) and title.strip() for title in titles):
                raise serializers.ValidationError(_("Name a column by its letter or its title."))
            found[str(name)] = titles
        return found


_COLUMNS_HELP = (
    'the file\'s columns by ours, by letter or title: {"name": "B", "nik": "No. KTP", '
    '"mandatory": ["E", "F"]}; several amounts are added up; guessed if it is left out'
)
_SHEETS_HELP = "names of the sheets to read; all that hold the list if it is left out"


class ColumnsIn(serializers.Serializer[Any]):
    columns = ColumnsField(required=False, help_text=_COLUMNS_HELP)
    sheets = serializers.ListField(
        child=serializers.CharField(), required=False, allow_empty=False, help_text=_SHEETS_HELP
    )


class UploadIn(serializers.Serializer[Any]):
    columns = ColumnsField(required=False, binary=True, help_text=_COLUMNS_HELP)
    sheets = serializers.ListField(
        child=serializers.CharField(), required=False, help_text=_SHEETS_HELP
    )
    kind = serializers.CharField(help_text="members, bills or products")
    file = serializers.FileField(help_text="xlsx, xls, ods or csv, up to 5 MB and 5,000 rows")
    on = Day(required=False, help_text="day of the balances; today if it is left out")

    def validate_kind(self, code: str) -> kinds.ImportKind:
        for kind in kinds.registered():
            if kind.code == code:
                return kind
        raise serializers.ValidationError(_("There is no list of this kind."))

    def validate_file(self, file: UploadedFile[bytes]) -> UploadedFile[bytes]:
        if (file.size or 0) > MAX_BYTES:
            raise serializers.ValidationError(
                _("The file is larger than %(limit)d MB. Split it into smaller files.")
                % {"limit": MAX_BYTES // 1024**2}
            )
        return file

    def validate_on(self, on: date) -> date:
        if on > business_today():
            raise serializers.ValidationError(_("This day is yet to come."))
        return on


class BatchOut(serializers.ModelSerializer[ImportBatch]):
    status = serializers.CharField(help_text="uploaded, imported, discarded or undone")

    class Meta:
        model = ImportBatch
        fields = [
            "id",
            "kind",
            "filename",
            "status",
            "balance_on",
            "imported_rows",
            "changed_rows",
            "existing_rows",
            "problem_rows",
            "skipped_rows",
            "amounts",
            "journals",
            "created_at",
            "imported_at",
            "undone_at",
            "undone_why",
        ]
        read_only_fields = fields


class Remark(serializers.Serializer[Any]):
    code = serializers.CharField()
    column = serializers.CharField()
    message = serializers.CharField()
    is_question = serializers.BooleanField(
        help_text="whether the row goes in once somebody has confirmed it"
    )


class ChangeOut(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]  # a name of the answer
    old = serializers.CharField(allow_blank=True)
    new = serializers.CharField()


class SheetOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    rows = serializers.IntegerField()
    is_hidden = serializers.BooleanField()
    is_list = serializers.BooleanField(help_text="whether it has titles of columns that are known")
    is_read = serializers.BooleanField()


class FileColumnOut(serializers.Serializer[Any]):
    letter = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    used_as = serializers.CharField(allow_blank=True, help_text="name of ours; empty if not used")
    fits = serializers.ListField(
        child=serializers.CharField(), help_text="ours that wait for a choice among several columns"
    )


class FileRowOut(serializers.Serializer[Any]):
    number = serializers.IntegerField(help_text="of the row; by it a question is answered")
    place = serializers.CharField(help_text="what the row is called in the file, with its sheet")
    state = serializers.CharField()
    title = serializers.CharField(source="verdict.title")
    detail = serializers.CharField(source="verdict.detail")
    why = serializers.CharField(help_text="why it does not go in; empty if it does")
    known_as = serializers.CharField(source="verdict.known_as")
    problems = Remark(source="verdict.problems", many=True)
    warnings = Remark(source="verdict.warnings", many=True)
    notes = serializers.ListField(source="verdict.notes", child=serializers.CharField())
    changes = ChangeOut(source="verdict.changes", many=True)
    amounts = serializers.DictField(source="verdict.amounts", child=serializers.IntegerField())


class PreviewOut(BatchOut):
    """A waiting file and what would happen to its rows; once imported, the lists are empty."""

    counts = serializers.DictField(child=serializers.IntegerField(), help_text="rows by state")
    totals = serializers.DictField(
        child=serializers.IntegerField(), help_text="rupiah that would be posted"
    )
    stated = serializers.DictField(
        child=serializers.IntegerField(), help_text="rupiah that the file's own totals say"
    )
    aside = serializers.ListField(
        child=serializers.CharField(), help_text="what is in the file and does not come in"
    )
    sheets = SheetOut(many=True)
    columns = FileColumnOut(many=True)
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    rows = FileRowOut(many=True)

    class Meta(BatchOut.Meta):
        fields = [
            *BatchOut.Meta.fields,
            "counts",
            "totals",
            "stated",
            "aside",
            "sheets",
            "columns",
            "page",
            "pages",
            "rows",
        ]
        read_only_fields = fields


class PreviewIn(serializers.Serializer[Any]):
    state = serializers.CharField(
        required=False,
        help_text="only rows of this state: ready, changes, problem, exists or skipped; or warned, "
        "those that go in with a warning",
    )
    page = WholeNumber(required=False, min_value=1, default=1)
    page_size = WholeNumber(required=False, min_value=1, max_value=200, default=50)

    def validate_state(self, state: str) -> str:
        if state not in (*State.values, "warned"):
            raise serializers.ValidationError(_("There are no rows of this kind."))
        return state


class RunIn(serializers.Serializer[Any]):
    expected = WholeNumber(
        required=False, min_value=0, help_text="rows that were ready; refused if there are others"
    )
    confirm = serializers.ListField(
        child=WholeNumber(min_value=1),
        required=False,
        help_text="numbers of rows whose question is answered with yes",
    )
    accept_changes = serializers.BooleanField(
        default=False, help_text="whether what is registered already is changed"
    )


class SeenIn(serializers.Serializer[Any]):
    rows = WholeNumber(min_value=0, help_text="`imported_rows` of the import")
    changed = WholeNumber(min_value=0, help_text="`changed_rows` of the import")
    amount_idr = WholeNumber(min_value=0, help_text="its `amounts` together")


class UndoIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=120)
    shown = SeenIn(
        required=False, help_text="what whoever undoes it has read of the import; else 409"
    )
