"""Figures of the members."""

PLAIN = "agency rw status"
MADE = {
    "members/figures/filters.py FiguresFilter.chosen": "boxes of a filter, which are known",
}
