"""Lists given out as spreadsheets, exactly as they stand on the screen.

What a list holds is told by an :class:`~kkmp.exports.lists.ExportList` of the package that shows
it, in the package's module ``exports``; this package knows none of those above it.
"""
