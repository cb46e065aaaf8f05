"""How a receipt is to be printed."""

from django import forms

from shops.receipts.documents.text import COLUMNS


class PrintForm(forms.Form):
    """How a receipt is to be printed; what makes no sense is left out."""

    #: Which print it is.
    cetak = forms.UUIDField(required=False)
    bentuk = forms.ChoiceField(choices=[("escpos", "ESC/POS")], required=False)
    lebar = forms.TypedChoiceField(
        choices=[(width, width) for width in COLUMNS], coerce=int, required=False
    )

    def width(self) -> int:
        """The width of the paper, in millimetres; the narrow one unless another was chosen."""
        return self.cleaned_data.get("lebar") or min(COLUMNS)
