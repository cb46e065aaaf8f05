"""Goods that come back, for programs: approved by name and PIN in the same request."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.response import Response

from kkmp.access.api import ApiRequest
from kkmp.access.api_rows import RowsAPI
from kkmp.access.models import User
from kkmp.access.permissions import Permission
from kkmp.lib.api import Listed
from kkmp.lib.api_answers import once
from shops.drawers.models import Shift
from shops.drawers.services import shifts
from shops.returns import queries
from shops.returns.approvals import approver_of
from shops.returns.models import SaleReturn
from shops.returns.serializers import SaleReturnIn, SaleReturnOut
from shops.returns.services import left, money_back
from shops.returns.services import returns as service
from shops.till.services.sales import NoShift


@extend_schema_view(get=extend_schema(operation_id="returns_list", tags=["shops"]))
class Returns(Listed, RowsAPI[SaleReturn]):
    """What came back, and taking goods back."""

    model = SaleReturn

    permission = Permission.COOPERATIVE_READ
    permission_by_method = {"POST": Permission.SALES_SELL}
    serializer_class = SaleReturnOut
    cursor_ordering = "-number"
    given: SaleReturnIn
    approver: User

    def rows(self) -> QuerySet[SaleReturn]:
        return queries.readable(self.cooperative, self.request.user, self.permissions)

    def before(self, request: ApiRequest) -> None:
        """A wrong PIN stays counted though the request is undone."""
        if request.method != "POST":
            return
        self.given = SaleReturnIn(data=request.data)
        self.given.is_valid(raise_exception=True)
        self.approver = approver_of(
            self.cooperative,
            approver=self.given.validated_data["approver"],
            pin=self.given.validated_data["pin"],
            by=request.user,
        )

    @extend_schema(
        operation_id="returns_take_back",
        tags=["shops"],
        request=SaleReturnIn,
        responses=once(SaleReturnOut, "it had been taken back before"),
    )
    def post(self, request: ApiRequest) -> Response:
        values = self.given.validated_data
        sale = get_object_or_404(left.reading(self.cooperative), id=values["sale"])
        returned = service.take_back(
            sale=sale,
            quantities=self.given.quantities(sale),
            reason=values["reason"],
            key=values["key"],
            shown_idr=values.get("shown_idr"),
            instead=money_back.RefundWay.of(values.get("instead"), values.get("receiver", "")),
            at=timezone.now(),
            approved=service.Approved(
                by=request.user,
                approver=self.approver,
                shift=self._shift(values["key"]),
                brought_idr=values["brought_idr"],
            ),
        )
        made = queries.returns(self.cooperative).get(id=returned.id)
        code = status.HTTP_200_OK if returned.is_repeat else status.HTTP_201_CREATED
        return Response(self.get_serializer(made).data, status=code)

    def _shift(self, key: UUID) -> Shift:
        """The open one; a return that was made before may be asked for after it was closed."""
        before = queries.made_with(self.cooperative, key)
        if before is not None and before.shift is not None:
            return before.shift
        shift = shifts.open_of(self.cooperative, self.request.user)
        if shift is None:
            raise NoShift(_("Open your shift first: count the money in the drawer."), field="shift")
        return shift
