"""Sales and reports."""

PLAIN = "buyer by hour method since until"
MADE = {
    "shops/reports/forms.py ReportForm.kept": "boxes of a filter, which are known",
    "shops/reports/forms.py ReportForm.scope": "boxes of a filter, which are known",
}
