"""What every view of goods and sales for programs has in common."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework import generics
from rest_framework.exceptions import ValidationError
from rest_framework.serializers import BaseSerializer

from finance.ledger.models import BusinessUnit
from kkmp.access.api import CooperativeAPI
from kkmp.registry.tenancy import TenantModel

Row = TypeVar("Row", bound=TenantModel)


class Shop(CooperativeAPI, generics.GenericAPIView[Row]):
    """A view of one cooperative's goods or sales."""

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

    def unit(self, code: str) -> BusinessUnit:
        unit = BusinessUnit.objects.of(self.cooperative).filter(code=code).first()
        if unit is None:
            raise ValidationError({"unit": [_("There is no such unit of business.")]})
        return unit
