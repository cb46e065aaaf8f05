"""Reading the books: journals, accounts with balances, the trial balance of any day."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from finance.ledger import queries, serializers
from finance.ledger.filters import JournalFilter
from finance.ledger.models import Journal
from kkmp.access.api import CooperativeAPI
from kkmp.access.permissions import Permission
from kkmp.lib.api import Paged
from kkmp.lib.api_answers import checked
from kkmp.lib.clock import business_today


class Journals(Paged, CooperativeAPI, generics.ListAPIView[Journal]):
    """Journals, the last posted first."""

    permission = Permission.BOOKS_READ
    serializer_class = serializers.JournalOut
    filterset_class = JournalFilter
    cursor_ordering = ("-number",)
    queryset = Journal.objects.none()

    def get_queryset(self) -> QuerySet[Journal]:
        return queries.journals(self.cooperative).select_related("posted_by")


class JournalDetail(CooperativeAPI, generics.RetrieveAPIView[Journal]):
    """One journal with its lines."""

    permission = Permission.BOOKS_READ
    serializer_class = serializers.JournalDetailOut
    queryset = Journal.objects.none()
    lookup_field = "id"
    filterset_class = None

    def get_queryset(self) -> QuerySet[Journal]:
        return queries.journals(self.cooperative).select_related("posted_by")


class _AsOf(CooperativeAPI, APIView):
    permission = Permission.BOOKS_READ

    def balance(self, request: Request) -> queries.TrialBalance:
        given = checked(serializers.AsOf(data=request.query_params)).validated_data
        return queries.trial_balance(self.cooperative, given.get("on") or business_today())


class Accounts(_AsOf):
    """The chart of accounts, each with its balance at the end of a day."""

    @extend_schema(parameters=[serializers.AsOf], responses=serializers.AccountOut(many=True))
    def get(self, request: Request) -> Response:
        return Response(serializers.AccountOut(self.balance(request).rows, many=True).data)


class TrialBalance(_AsOf):
    """The trial balance at the end of a day."""

    @extend_schema(parameters=[serializers.AsOf], responses=serializers.TrialBalanceOut)
    def get(self, request: Request) -> Response:
        return Response(serializers.TrialBalanceOut(self.balance(request)).data)
