"""The one exception that ends a run with a line instead of a traceback."""


class CannotGoOn(Exception):
    """Something the person at the keyboard must settle; the message says what, in one line."""
