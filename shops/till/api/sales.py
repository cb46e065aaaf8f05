"""The API of sales; the till sells through it too."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.response import Response

from kkmp.access.api import ApiRequest
from kkmp.access.api_rows import RowsAPI
from kkmp.access.permissions import Permission
from kkmp.lib.api import Listed
from kkmp.lib.api_answers import once
from shops.till import queries, serializers
from shops.till.api import filters
from shops.till.models import Sale
from shops.till.services import proofs, sales
from shops.till.services.sales import SaleRequest


@extend_schema_view(get=extend_schema(operation_id="sales_list", tags=["shops"]))
class Sales(Listed, RowsAPI[Sale]):
    """Lists sales, and sells."""

    model = Sale

    permission = Permission.SALES_READ
    permission_by_method = {"POST": Permission.SALES_SELL}
    filterset_class = filters.Sales
    serializer_class = serializers.SaleOut
    cursor_ordering = "-number"
    asked: SaleRequest

    def before(self, request: ApiRequest) -> None:
        """Judge the PIN before the sale's transaction: a wrong one counts though it is refused."""
        if request.method != "POST":
            return
        given = serializers.judged(request.data)
        self.asked = proofs.proven(
            cooperative=self.cooperative,
            request=serializers.sale_request(given),
            pin=given["pin"],
            at=timezone.now(),
            by=request.user,
        )

    def rows(self) -> QuerySet[Sale]:
        return queries.sales_with_lines(self.cooperative)

    @extend_schema(
        operation_id="sales_sell",
        tags=["shops"],
        request=serializers.SaleIn,
        responses=once(serializers.SaleOut, "it had been made before"),
    )
    def post(self, request: ApiRequest) -> Response:
        sale = sales.sell(
            cooperative=self.cooperative,
            request=self.asked,
            at=timezone.now(),
            by=request.user,
            may_discount=Permission.SALES_DISCOUNT in self.permissions,
            may_wholesale=Permission.SALES_WHOLESALE in self.permissions,
        )
        code = status.HTTP_200_OK if sale.is_repeat else status.HTTP_201_CREATED
        return Response(serializers.body(sale), status=code)


class SaleDetail(RowsAPI[Sale]):
    """One sale with its lines."""

    model = Sale

    permission = Permission.SALES_READ
    serializer_class = serializers.SaleOut

    def rows(self) -> QuerySet[Sale]:
        return queries.sales_with_lines(self.cooperative)

    @extend_schema(operation_id="sales_get", tags=["shops"])
    def get(self, _request: ApiRequest, id: UUID) -> Response:
        return Response(self.get_serializer(self.row(id)).data)
