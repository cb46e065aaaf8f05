"""What people choose and type on the pages of an import."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kkmp.imports.choices import Choices
from kkmp.imports.kinds import ImportKind
from kkmp.imports.preview import Examined
from kkmp.imports.tables import Table, cell_at
from kkmp.lib.clock import business_today
from kkmp.lib.forms import DateField
from kkmp.lib.spreadsheet import MAX_BYTES, text_of

_LONGEST_CELL = 500


class Upload(forms.Form):
    file = forms.FileField(
        label=_("The file"),
        help_text=_("Excel (.xlsx, .xls), LibreOffice (.ods) or CSV, up to 5 MB and 5,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.txt"}),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise ValidationError(
                gettext("The file is larger than %(limit)d MB. Split it into smaller files.")
                % {"limit": MAX_BYTES // 1024**2},
                "too_large",
            )
        return file


class Columns(forms.Form):
    """Which of ours each of the file's columns is; ``chosen()`` is what the service takes."""

    def __init__(
        self, *args: Any, kind: ImportKind, table: Table, columns: Mapping[str, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.table = kind, table
        names = {index: name for name, index in columns.items()}
        options = [("", _("Not used")), *((column.name, column.label) for column in kind.columns)]
        for index in _used(table):
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=table.titles[index] or _letter(index),
                choices=options,
                initial=names.get(index, ""),
                required=False,
            )

    @property
    def needed(self) -> str:
        """The columns that must be there, in words."""
        return ", ".join(str(column.label) for column in self.kind.columns if column.is_required)

    def lines(self) -> Iterable[dict[str, Any]]:
        """A select box each, with the file's title and what stands below it."""
        for index in _used(self.table):
            yield {
                "field": self[f"column_{index}"],
                "letter": _letter(index),
                "title": self.table.titles[index],
                "samples": self.table.samples(index),
            }

    def chosen(self) -> dict[str, int]:
        return {
            name: int(field.removeprefix("column_"))
            for field, name in self.cleaned_data.items()
            if name
        }

    def clean(self) -> dict[str, Any]:
        first: dict[str, str] = {}
        for field, name in list(self.cleaned_data.items()):
            if name and name in first:
                column = self.kind.column(name)
                message = gettext("“%(column)s” is chosen twice.") % {"column": column.label}
                self.add_error(field, ValidationError(message, "twice"))
            first.setdefault(name, field)
        return self.cleaned_data


class Balance(forms.Form):
    on = DateField(label=_("Balances as of"), pivot=business_today)

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > business_today():
            raise ValidationError(gettext("This day is yet to come."), "future")
        return on


class _Cell(forms.CharField):
    """A cell may stay empty, and yet none of them is marked as one that may."""

    def validate(self, value: object) -> None:
        """The import itself says what is wrong with it."""


class RowFix(forms.Form):
    """The cells of one row as the file has them; ``cells()`` is what the service takes.

    Cells that are not sent stay as they are.
    """

    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        kind: ImportKind,
        choices: Choices,
        examined: Examined,
        sees_secrets: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.columns = choices.columns
        wrong = {problem.column for problem in examined.verdict.problems}
        for column in kind.columns:
            index = choices.columns.get(column.name)
            if index is None or (column.is_secret and not sees_secrets):
                continue
            attrs = {"autocomplete": "off"}
            if column.name in wrong:
                attrs |= {"class": "is-invalid"}
            self.fields[column.name] = _Cell(
                label=column.label,
                initial=text_of(cell_at(examined.row, index)),
                max_length=_LONGEST_CELL,
                widget=forms.TextInput(attrs),
            )
        first = next((name for name in self.fields if name in wrong), next(iter(self.fields)))
        self.fields[first].widget.attrs["autofocus"] = True

    def cells(self) -> dict[int, str]:
        return {
            self.columns[name]: text
            for name, text in self.cleaned_data.items()
            if name in self.data
        }


class Run(forms.Form):
    """How many rows were shown as ready, and what the accepted changes rest on."""

    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)


class Accept(forms.Form):
    """Whether what the register holds may be changed."""

    accepts = forms.BooleanField(required=False)


class Undo(forms.Form):
    reason = forms.CharField(
        label=_("Why is it undone?"),
        max_length=120,
        help_text=_("It stands in the books beside every entry that is reversed."),
    )


def _used(table: Table) -> list[int]:
    """Columns that have a title or anything below it, but not the running number."""
    filled = {index for row in table.rows for index, cell in enumerate(row.cells) if text_of(cell)}
    return [
        index
        for index, title in enumerate(table.titles)
        if index != table.ordinal and (title or index in filled)
    ]


def _letter(index: int) -> str:
    """The column's letters as spreadsheets show them: A, B … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
