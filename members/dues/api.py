"""Mandatory savings for programs: months, arrears, contacts and collections."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Value
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django_stubs_ext import WithAnnotations
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from kkmp.access.api import ApiRequest, CooperativeAPI
from kkmp.access.filters import CooperativeFilters
from kkmp.access.permissions import Permission
from kkmp.lib.api import Paged
from kkmp.lib.api_answers import REFUSED, body, named, nothing_such, once
from kkmp.lib.clock import business_today
from kkmp.lib.existing import of_kind
from kkmp.registry.models import Cooperative
from members.dues import serializers
from members.dues.filters import ApiDuesFilter, ArrearsFilter
from members.dues.models import Collection
from members.dues.queries import arrears, owing
from members.dues.queries.arrears import Owing, Paid, Rules
from members.dues.services import collections
from members.dues.services.collections import Payment
from members.joining.models import Contact, Purpose
from members.joining.services import contacts
from members.register.models import Member, MemberQuerySet
from members.savings import queries
from members.savings.models import SavingsEntry, SavingsKind
from members.savings.serializers import EntryOut

YEAR = OpenApiParameter("year", int, description="this year if it is left out")


class _Filters(CooperativeFilters):
    def get_filterset_kwargs(
        self, request: ApiRequest, queryset: QuerySet[Any], view: CooperativeAPI
    ) -> dict[str, Any]:
        usual = super().get_filterset_kwargs(request, queryset, view)
        return usual | {"rules": of_kind(_Found, view).rules, "on": business_today()}


class _Found(CooperativeAPI, generics.GenericAPIView["WithAnnotations[Member, Paid]"]):
    """People found by a filter, in the order of their ids."""

    permission = Permission.SAVINGS_READ
    queryset = Member.objects.none().annotate(paid_idr=Value(0))
    filter_backends = [_Filters]
    cursor_ordering = "id"

    @property
    def rules(self) -> Rules:
        if not hasattr(self, "_rules"):
            self._rules = Rules.of(self.cooperative)
        return self._rules

    def get_queryset(self) -> "MemberQuerySet[WithAnnotations[Member, Paid]]":
        has_left = self.request.query_params.get("status") == "left"
        return (arrears.left if has_left else arrears.active)(self.cooperative, self.rules)

    def found(self) -> "Sequence[WithAnnotations[Member, Paid]]":
        return self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []


class Dues(Paged, _Found):
    """A year of months for every member."""

    filterset_class = ApiDuesFilter
    serializer_class = serializers.DuesOut

    @extend_schema(operation_id="dues_list", tags=["dues"], parameters=[YEAR])
    def get(self, request: ApiRequest) -> Response:
        year = _year(request)
        rows = [_dues(self.rules, member, member.paid_idr, year) for member in self.found()]
        return self.get_paginated_response(serializers.DuesOut(rows, many=True).data)


class MemberDues(CooperativeAPI, generics.GenericAPIView[Member]):
    """A year of months of one member; nothing of who never was one."""

    permission = Permission.SAVINGS_READ
    serializer_class = serializers.DuesOut
    filter_backends = []

    @extend_schema(
        operation_id="members_dues",
        tags=["dues"],
        parameters=[YEAR],
        responses={200: serializers.DuesOut},
    )
    def get(self, request: ApiRequest, member_id: UUID) -> Response:
        rules = Rules.of(self.cooperative)
        people = Member.objects.of(self.cooperative).filter(joined_on__isnull=False)
        member = get_object_or_404(people, id=member_id)
        row = _dues(rules, member, arrears.paid_by(member, rules), _year(request))
        return Response(serializers.DuesOut(row).data)


class ArrearsList(Paged, _Found):
    """Members who have not paid months that are over."""

    filterset_class = ArrearsFilter
    serializer_class = serializers.ArrearsOut

    def get_queryset(self) -> "MemberQuerySet[WithAnnotations[Member, Owing]]":
        people = arrears.active(self.cooperative, self.rules)
        return arrears.behind(people, self.rules, on=business_today())

    @extend_schema(operation_id="dues_arrears", tags=["dues"])
    def get(self, _request: ApiRequest) -> Response:
        rows = owing.rows(self.cooperative, self.rules, self.found(), on=business_today())
        return self.get_paginated_response(serializers.ArrearsOut(rows, many=True).data)


class ArrearsContacts(CooperativeAPI, generics.GenericAPIView[Contact]):
    """Noting that somebody was called on for what is open, dated today."""

    permission = Permission.MEMBERS_CONTACT
    serializer_class = serializers.ArrearsContactOut

    @extend_schema(
        operation_id="dues_contact",
        tags=["dues"],
        request=serializers.ArrearsContactIn,
        responses={201: serializers.ArrearsContactOut, 422: REFUSED},
    )
    def post(self, request: ApiRequest) -> Response:
        given = body(serializers.ArrearsContactIn, request)
        people = Member.objects.of(self.cooperative)
        contact = contacts.note(
            member=named(people.filter(id=given["member"]), "member"),
            purpose=Purpose.ARREARS,
            channel=given["channel"],
            note=given.get("note", ""),
            on=business_today(),
            by=request.user,
        )
        return Response(serializers.ArrearsContactOut(contact).data, status=201)


class Collections(Paged, CooperativeAPI, generics.GenericAPIView[Collection]):
    """Payments of many members taken together, latest first; and taking them, dated today."""

    permission = Permission.SAVINGS_READ
    permission_by_method = {"POST": Permission.SAVINGS_DEPOSIT}
    queryset = Collection.objects.none()
    serializer_class = serializers.CollectionOut
    filter_backends = []
    cursor_ordering = "-number"

    @extend_schema(operation_id="collections_list", tags=["savings"])
    def get(self, _request: ApiRequest) -> Response:
        return self.page(Collection.objects.of(self.cooperative))

    @extend_schema(
        operation_id="collections_collect",
        tags=["savings"],
        request=serializers.CollectionIn,
        responses=once(serializers.CollectionOut, "taken before"),
    )
    def post(self, request: ApiRequest) -> Response:
        given = body(serializers.CollectionIn, request)
        taken = collections.collect(
            cooperative=self.cooperative,
            payments=_payments(self.cooperative, given["payments"]),
            title=given["title"],
            key=given["key"],
            day=given.get("day"),
            on=business_today(),
            by=request.user,
        )
        status = 200 if taken.is_repeat else 201
        return Response(serializers.CollectionOut(taken).data, status=status)


class CollectionEntries(Paged, CooperativeAPI, generics.GenericAPIView[SavingsEntry]):
    """The entries of a collection, by receipt number."""

    permission = Permission.SAVINGS_READ
    queryset = SavingsEntry.objects.none()
    serializer_class = EntryOut
    filter_backends = []
    cursor_ordering = "number"

    @extend_schema(operation_id="collections_entries", tags=["savings"])
    def get(self, _request: ApiRequest, collection_id: UUID) -> Response:
        one = get_object_or_404(Collection.objects.of(self.cooperative), id=collection_id)
        rows = queries.receipts(self.cooperative).filter(collected__collection=one)
        return self.page(rows)


def _dues(rules: Rules, member: Member, paid_idr: int, year: int) -> dict[str, Any]:
    on = business_today()
    held = rules.schedule(member, paid_idr, until=on.replace(year=year, month=12, day=1), on=on)
    status = rules.status(member, paid_idr, on=on)
    return {"member": member, "status": status, "months": held.year(year)}


def _payments(cooperative: Cooperative, given: list[dict[str, Any]]) -> list[Payment]:
    """What was sent, with the rows that it names: two statements, however long the list."""
    people = Member.objects.of(cooperative).in_bulk([one["member"] for one in given])
    kinds = {kind.code: kind for kind in SavingsKind.objects.of(cooperative)}
    found = []
    for number, one in enumerate(given):
        member, kind = people.get(one["member"]), kinds.get(one["kind"])
        if member is None:
            raise ValidationError({f"payments.{number}.member": [nothing_such()]})
        if kind is None:
            raise ValidationError({f"payments.{number}.kind": [nothing_such()]})
        found.append(Payment(member, kind, one["amount_idr"]))
    return found


def _year(request: ApiRequest) -> int:
    text = request.query_params.get("year", "")
    if not text:
        return business_today().year
    if not (text.isascii() and text.isdecimal() and 2000 <= int(text) <= 2100):
        raise ValidationError({"year": [_("Write the year in four digits.")]})
    return int(text)
