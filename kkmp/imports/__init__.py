"""Taking over lists that a cooperative kept in spreadsheets.

The steps and the pages are the same for every kind of list. What a row means is said by an
:class:`~kkmp.imports.kinds.ImportKind`, which the app that the rows go to registers; this
package imports none of them.

In this package “our columns” are those that a kind of list asks for, and “the file's columns”
those that a file has.
"""
