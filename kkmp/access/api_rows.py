"""Operations that reach rows of one cooperative by their ids."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework import generics
from rest_framework.serializers import BaseSerializer

from kkmp.access.api import CooperativeAPI
from kkmp.registry.tenancy import TenantModel

Row = TypeVar("Row", bound=TenantModel)


class RowsAPI(CooperativeAPI, generics.GenericAPIView[Row]):
    """A view of one cooperative's rows of one kind."""

    lookup_field = "id"

    #: What its addresses name, for the description of the API.
    model: type[Row]
    serializer_class: type[BaseSerializer[Any]]

    def get_queryset(self) -> QuerySet[Row]:
        if getattr(self, "swagger_fake_view", False):
            return self.model.objects.none()
        return self.rows()

    def rows(self) -> QuerySet[Row]:
        """The rows that whoever asks may reach."""
        raise Http404

    def row(self, id: UUID) -> Row:
        """The one that the address names.

        :raises Http404: it is none of :meth:`rows`
        """
        return get_object_or_404(self.get_queryset(), id=id)
