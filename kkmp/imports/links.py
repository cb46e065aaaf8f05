"""Addresses of the pages of one kind of list, and of one batch of it."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from kkmp.imports.kinds import ImportKind
from kkmp.imports.models import ImportBatch


class Links:
    """The address of each page of :mod:`kkmp.imports.urls`; in a template ``links.rows``."""

    def __init__(self, kind: ImportKind, cooperative_code: str, batch: UUID | None = None) -> None:
        self._prefix = f"imports:{kind.code}_"
        self._kwargs: dict[str, Any] = {"code": cooperative_code}
        if batch is not None:
            self._kwargs["batch_id"] = batch

    @classmethod
    def of(cls, kind: ImportKind, batch: ImportBatch) -> "Links":
        return cls(kind, batch.cooperative.code, batch.id)

    def __getattr__(self, page: str) -> str:
        return self.to(page)

    def to(self, page: str, **more: object) -> str:
        return reverse(self._prefix + page, kwargs=self._kwargs | more)

    def row(self, number: int) -> "RowLinks":
        return RowLinks(self, number)


class RowLinks:
    """Addresses of the acts on one row."""

    def __init__(self, links: Links, number: int) -> None:
        self._links, self._number = links, number

    def __getattr__(self, page: str) -> str:
        return self._links.to(page, number=self._number)
