"""Lists given out as spreadsheets, exactly as they stand on the screen.

What a list holds is told by an :class:`~kkmp.exports.lists.ExportList` of the app that shows
it, in the app's module ``exports``; this package knows none of the apps above it. The books lie
below, so their lists are told here, in :mod:`kkmp.exports.books`.
"""
