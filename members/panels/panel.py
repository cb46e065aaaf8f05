"""What a panel is; each stands in a module of this package, named after its subject."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kkmp.access.web import CoopRequest
from members.models import Member


@dataclass(frozen=True, slots=True)
class Panel:
    """:param context: of its template, as ``panel``"""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


Maker = Callable[[CoopRequest, Member], Panel | None]
