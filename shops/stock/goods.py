"""What stock needs to know of goods; the goods themselves lie above it."""

from typing import Protocol
from uuid import UUID

from finance.ledger.models import BusinessUnit
from kkmp.registry.models import Cooperative


class Good(Protocol):
    """A product, as far as it is put on a shelf and sold by a unit of business."""

    @property
    def id(self) -> UUID: ...

    @property
    def cooperative(self) -> Cooperative: ...

    @property
    def cooperative_id(self) -> UUID: ...

    @property
    def unit(self) -> BusinessUnit: ...

    @property
    def unit_id(self) -> UUID: ...

    @property
    def name(self) -> str: ...

    @property
    def measure(self) -> str: ...

    @property
    def is_weighed(self) -> bool: ...

    @property
    def is_service(self) -> bool: ...
