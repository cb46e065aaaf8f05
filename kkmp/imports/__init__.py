"""Taking over lists that a cooperative kept in spreadsheets.

The flow and the pages are the same for every kind of list; what a row means is told by an
:class:`~kkmp.imports.kinds.ImportKind` of the app that the rows go to. This package knows
none of them.
"""
