"""Acts that take a key: what each is asked for, and what else it could be asked.

Each entry makes what its act needs and says how it is asked. ``content`` are other values of all
that tells one act from another, by parameter, and by field where a parameter is a dataclass.
``besides`` is what may differ between two tries of one act, with the value of another try; why
stands at :data:`tests.guards.keyed.acts.REASONS`.
"""

from tests.guards.keyed import books, members, shop  # noqa: F401  each remembers its acts
from tests.guards.keyed.acts import (
    ACTS,
    REASONS,
    STEPS,
    House,
    KeyedCall,
    changed,
    name_of,
    paths,
    services,
)

__all__ = [
    "ACTS",
    "REASONS",
    "STEPS",
    "House",
    "KeyedCall",
    "changed",
    "name_of",
    "paths",
    "services",
]
