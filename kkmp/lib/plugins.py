"""What a package adds to the pages and checks of packages below it, found at start.

A package that adds something has a module ``plugins`` with a function ``register``; its app calls
:func:`load` in ``AppConfig.ready``. So a new panel, list, check or menu entry is declared where it
belongs, and no list of all of them has to be edited.
"""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules


def load(app: str) -> None:
    """Call ``register`` of every package of an app that has ``plugins``, in alphabetical order.

    :param app: the app's package, as ``"members"``
    """
    for package in sorted(each.name for each in iter_modules(import_module(app).__path__)
                          if each.ispkg):  # fmt: skip
        name = f"{app}.{package}.plugins"
        if find_spec(name) is not None:
            import_module(name).register()
