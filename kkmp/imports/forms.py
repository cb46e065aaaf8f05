"""What people choose and type on the pages of an import."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kkmp.imports import excluded_rows
from kkmp.imports.choices import Choices
from kkmp.imports.kinds import ImportKind
from kkmp.imports.masking import covered
from kkmp.imports.not_imported import title_of
from kkmp.imports.preview import Examined
from kkmp.imports.tables import Table, amount_at, cell_at, letter, normal
from kkmp.lib.cells import is_broken, text_of
from kkmp.lib.clock import business_today
from kkmp.lib.forms import DateField
from kkmp.lib.spreadsheet import MAX_BYTES, Row

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


#: The choice of a column about which nobody has decided.
UNDECIDED = "?"
#: Titles of columns with sums, whose amounts stand in other columns too.
_SUMS = re.compile(r"\b(?:jumlah|total|jml|saldo)\b")


class Sheets(forms.Form):
    """Asks which sheets of the file are read."""

    sheets = forms.MultipleChoiceField(label=_("Sheets"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.MultipleChoiceField", self.fields["sheets"])
        field.choices = [(sheet.name, sheet.name) for sheet in table.sheets]


class Columns(forms.Form):
    """Asks which of our columns each of the file's is; ``chosen()`` goes to the service."""

    def __init__(
        self, data: QueryDict | None, *, kind: ImportKind, table: Table, choices: Choices
    ) -> None:
        super().__init__(_adding_up(data, table))
        self.kind, self.table, self.undecided = kind, table, choices.undecided
        names = {index: name for name in choices.columns for index in choices.indexes(name)}
        open_ones = {at for name in choices.undecided for at in table.undecided.get(name, ())}
        for index in _used(table):
            options = [
                ("", _("Not used")),
                *((column.name, column.label) for column in kind.columns),
            ]
            if index in open_ones:
                options.insert(0, (UNDECIDED, _("– choose –")))
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=covered(table.titles[index]) or letter(index),
                choices=options,
                initial=UNDECIDED if index in open_ones else names.get(index, ""),
                required=False,
            )

    @property
    def needed(self) -> str:
        """The names of the columns that must be chosen."""
        return ", ".join(str(column.label) for column in self.kind.columns if column.is_required)

    def questions(self) -> Iterable[dict[str, Any]]:
        """Our columns that several of the file's fit, each with the sums of these."""
        for name in self.undecided:
            indexes = self.table.undecided.get(name, ())
            sums = {at: sum(amount_at(row, at) for row in self._data()) for at in indexes}
            parts = _parts(self.table, name)
            yield {
                "name": name,
                "label": self.kind.column(name).label,
                "columns": [(title_of(self.table, at), sums[at]) for at in indexes],
                "parts": len(parts),
                "sum_idr": sum(sums[at] for at in parts),
            }

    def _data(self) -> list[Row]:
        choices = Choices(self.table.guess)
        left_out = excluded_rows.skips(self.table.rows, self.table, choices, self.kind)
        return [row for row in self.table.rows if row.number not in left_out]

    def lines(self) -> Iterable[dict[str, Any]]:
        """Each of the file's columns with its select box, title and some of its cells."""
        for index in _used(self.table):
            yield {
                "field": self[f"column_{index}"],
                "letter": letter(index),
                "title": covered(self.table.titles[index]),
                "samples": self.table.samples(index),
            }

    def chosen(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for field, name in self.cleaned_data.items():
            if name:
                found.setdefault(name, []).append(int(field.removeprefix("column_")))
        return found

    def clean(self) -> dict[str, Any]:
        first: set[str] = set()
        for field, name in list(self.cleaned_data.items()):
            if name == UNDECIDED:
                message = gettext("Choose what this column is, or that it is not used.")
                self.add_error(field, ValidationError(message, "undecided"))
            elif name and name in first and not self.kind.column(name).is_amount:
                column = self.kind.column(name)
                message = gettext("“%(column)s” is chosen twice.") % {"column": column.label}
                self.add_error(field, ValidationError(message, "twice"))
            first.add(name)
        return self.cleaned_data


def _parts(table: Table, name: str) -> list[int]:
    """The columns to add up for an amount: those that fit and are no sum of the others."""
    indexes = table.undecided.get(name, ())
    parts = [at for at in indexes if not _SUMS.search(normal(table.titles[at]))]
    return parts or list(indexes)


def _adding_up(data: QueryDict | None, table: Table) -> QueryDict | None:
    """The data sent; ``add_up`` chooses for one of our columns all of the file's that fit."""
    name = data.get("add_up") if data is not None else None
    if data is None or not name:
        return data
    answered = data.copy()
    parts = _parts(table, name)
    for at in table.undecided.get(name, ()):
        answered[f"column_{at}"] = name if at in parts else ""
    return answered


class Balance(forms.Form):
    on = DateField(label=_("Balances as of"), pivot=business_today)

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > business_today():
            raise ValidationError(gettext("This day is yet to come."), "future")
        return on


class _Cell(forms.CharField):
    """A box that may stay empty without being marked as optional."""

    def validate(self, value: object) -> None:
        """Nothing is checked here: the import says what is wrong with a cell."""


class RowFix(forms.Form):
    """Asks for corrections of one row's cells; ``cells()`` goes to the service.

    Cells that are not sent stay as they are.
    """

    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        kind: ImportKind,
        table: Table,
        choices: Choices,
        examined: Examined,
        sees_secrets: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indexes: dict[str, int] = {}
        wrong = {problem.column for problem in examined.verdict.problems}
        for column in kind.columns:
            indexes = choices.indexes(column.name)
            for order, index in enumerate(indexes):
                text = text_of(cell_at(examined.row, index))
                if not sees_secrets and (column.is_secret or covered(text) != text):
                    continue
                attrs = {"autocomplete": "off"}
                if column.name in wrong:
                    attrs |= {"class": "is-invalid"}
                title = covered(table.titles[index])
                name = f"{column.name}_{index}" if order else column.name
                self.indexes[name] = index
                self.fields[name] = _Cell(
                    label=f"{column.label}: {title}" if len(indexes) > 1 else column.label,
                    initial="" if is_broken(text) else text,
                    max_length=_LONGEST_CELL,
                    widget=forms.TextInput(attrs),
                )
        first = next((name for name in self.fields if name in wrong), next(iter(self.fields), ""))
        if first:
            self.fields[first].widget.attrs["autofocus"] = True

    def cells(self) -> dict[int, str]:
        return {
            self.indexes[name]: text
            for name, text in self.cleaned_data.items()
            if name in self.data
        }


class Run(forms.Form):
    """Sends back what the page showed: how many rows were ready, and :attr:`Preview.seen`."""

    expected = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)


class Accept(forms.Form):
    """Asks whether rows may change what is on the register already."""

    accepts = forms.BooleanField(required=False)


class Undo(forms.Form):
    reason = forms.CharField(
        label=_("Why is it undone?"),
        max_length=120,
        help_text=_("It stands in the books beside every entry that is reversed."),
    )
    #: What the page showed: :class:`kkmp.imports.services.undo.Seen`.
    rows = forms.IntegerField(widget=forms.HiddenInput)
    changed = forms.IntegerField(widget=forms.HiddenInput)
    amount_idr = forms.IntegerField(widget=forms.HiddenInput)


def _used(table: Table) -> list[int]:
    """The columns with a title or anything below it, except the running number."""
    filled = {index for row in table.rows for index, cell in enumerate(row.cells) if text_of(cell)}
    return [
        index
        for index, title in enumerate(table.titles)
        if index != table.ordinal and (title or index in filled)
    ]
