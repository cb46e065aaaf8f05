"""Many sales in one request, as a till sends them that had kept them without a network."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from kkmp.access.api import ApiRequest
from kkmp.access.api_rows import RowsAPI
from kkmp.access.permissions import Permission
from kkmp.lib.api import Error, exception_handler
from kkmp.lib.errors import DomainError
from kkmp.lib.existing import present
from kkmp.registry import scope
from shops.till.models import Sale
from shops.till.serializers import SaleIn, SaleOut, body, judged, sale_request
from shops.till.services import proofs, sales

#: A longer queue is sent in several requests.
MOST = 100


class Answer(serializers.Serializer[Any]):
    """The answer to one sale, with the status that it would have got alone."""

    status = serializers.IntegerField(help_text="201 sold, 200 sold before, else refused")
    body = SaleOut(required=False)
    error = Error(required=False)


class Batch(RowsAPI[Sale]):
    """Makes each sale in a transaction of its own: one that is refused does not undo others."""

    model = Sale

    permission = Permission.SALES_SELL
    serializer_class = Answer

    @extend_schema(
        operation_id="sales_sell_many",
        tags=["shops"],
        request=SaleIn(many=True),
        responses=Answer(many=True),
        description="At most 100 sales. The answers stand in the order of the sales.",
    )
    @sensitive_variables("body")
    def post(self, request: ApiRequest) -> Response:
        body = request.data
        if not isinstance(body, list) or not 0 < len(body) <= MOST:
            raise ValidationError(
                _("Send a list of at least one and at most %(most)d sales.") % {"most": MOST}
            )
        # Each sale is a transaction of its own: one for all would lock the goods of a later sale
        # after the counters of an earlier one, which could deadlock with other tills.
        self.leave()
        return Response([self._sell(request, one) for one in body], status=status.HTTP_200_OK)

    @sensitive_variables("item", "given")
    def _sell(self, request: ApiRequest, item: object) -> dict[str, Any]:
        try:
            given = judged(item)
            # The PIN is judged before the sale's transaction: a wrong one stays counted though
            # the sale is refused.
            asked = proofs.proven(
                cooperative=self.cooperative,
                request=sale_request(given),
                pin=given["pin"],
                at=timezone.now(),
                by=request.user,
            )
            with scope.cooperative(self.cooperative.pk):
                sale = sales.sell(
                    cooperative=self.cooperative,
                    request=asked,
                    at=timezone.now(),
                    by=request.user,
                    may_discount=Permission.SALES_DISCOUNT in self.permissions,
                    may_wholesale=Permission.SALES_WHOLESALE in self.permissions,
                )
                told = body(sale)
        except (DomainError, ValidationError) as refusal:
            answered = exception_handler(refusal, {})
            answer = present(answered, "both are refusals that have an answer")
            return {"status": answer.status_code, "error": answer.data}
        code = status.HTTP_200_OK if sale.is_repeat else status.HTTP_201_CREATED
        return {"status": code, "body": told}
