"""How programs narrow a cooperative's lists."""

from typing import Any

from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from typing_extensions import override

from kkmp.access.api import ApiRequest, CooperativeAPI


class CooperativeFilters(DjangoFilterBackend):
    """Hands ``cooperative`` to filters, which need to know whose rows they look through."""

    @override
    def get_filterset_kwargs(
        self, request: ApiRequest, queryset: QuerySet[Any], view: CooperativeAPI
    ) -> dict[str, Any]:
        usual: dict[str, Any] = super().get_filterset_kwargs(request, queryset, view)
        return usual | {"cooperative": view.cooperative}
