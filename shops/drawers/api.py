"""Shifts for programs: open, read, put cash in or take it out, close."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.response import Response
from rest_framework.serializers import ModelSerializer
from typing_extensions import override

from kkmp.access.api import ApiRequest
from kkmp.access.api_rows import RowsAPI
from kkmp.access.permissions import Permission
from kkmp.lib.api import Listed
from kkmp.lib.api_answers import ReversalIn, body, once
from shops.drawers import queries
from shops.drawers.models import CashMovement, CountCorrection, Shift
from shops.drawers.serializers import (
    CountIn,
    MovementIn,
    MovementOut,
    RecountIn,
    RecountOut,
    ShiftIn,
    ShiftOut,
)
from shops.drawers.services import corrections, movements, probing
from shops.drawers.services import shifts as service
from shops.units.serializers import unit_named

Act = TypeVar("Act", Shift, CashMovement, CountCorrection)


@extend_schema_view(get=extend_schema(operation_id="shifts_list", tags=["shops"]))
class Shifts(Listed, RowsAPI[Shift]):
    """One's own shifts, or everybody's for those who look after them; and opening one."""

    model = Shift

    permission = Permission.COOPERATIVE_READ
    permission_by_method = {"POST": Permission.SALES_SELL}
    serializer_class = ShiftOut
    cursor_ordering = "-number"

    def rows(self) -> QuerySet[Shift]:
        return queries.readable(self.cooperative, self.request.user, self.permissions)

    @extend_schema(
        operation_id="shifts_open",
        tags=["shops"],
        request=ShiftIn,
        responses=once(ShiftOut),
    )
    def post(self, request: ApiRequest) -> Response:
        given = body(ShiftIn, request)
        unit = unit_named(self.cooperative, given.pop("unit"))
        shift = service.open_shift(
            cooperative=self.cooperative, unit=unit, at=timezone.now(), by=request.user, **given
        )
        return _answer(self, ShiftOut, shift)


class ShiftDetail(RowsAPI[Shift]):
    """One shift; what should be in its drawer is told once it has been counted."""

    model = Shift

    permission = Permission.COOPERATIVE_READ
    serializer_class = ShiftOut

    def rows(self) -> QuerySet[Shift]:
        return queries.readable(self.cooperative, self.request.user, self.permissions)

    @extend_schema(operation_id="shifts_get", tags=["shops"])
    def get(self, _request: ApiRequest, id: UUID) -> Response:
        return Response(self.get_serializer(self.row(id)).data)


class Movements(RowsAPI[Shift]):
    """Put cash into one's own drawer, or take it out."""

    model = Shift

    permission = Permission.SALES_SELL
    serializer_class = MovementOut

    def rows(self) -> QuerySet[Shift]:
        return queries.shifts(self.cooperative).filter(cashier=self.request.user.pk)

    @override
    def before(self, request: ApiRequest) -> None:
        """An amount that is too large stays counted."""
        given = body(MovementIn, request)
        asked = {name: given[name] for name in ("reason", "amount_idr")}
        asked["sent_under"] = given["key"]
        probing.judge(cooperative=self.cooperative, at=timezone.now(), by=request.user, **asked)

    @extend_schema(
        operation_id="shifts_move",
        tags=["shops"],
        request=MovementIn,
        responses=once(MovementOut),
    )
    def post(self, request: ApiRequest, id: UUID) -> Response:
        given, shift = body(MovementIn, request), self.row(id)
        moved = movements.move_cash(shift=shift, at=timezone.now(), by=request.user, **given)
        return _answer(self, MovementOut, moved)


class Close(RowsAPI[Shift]):
    """Close one's own shift, or, for those who approve, one that was left open."""

    model = Shift

    permission = Permission.COOPERATIVE_READ
    serializer_class = ShiftOut

    def rows(self) -> QuerySet[Shift]:
        return queries.closable(self.cooperative, self.request.user, self.permissions)

    @extend_schema(
        operation_id="shifts_close",
        tags=["shops"],
        request=CountIn,
        responses=once(ShiftOut),
    )
    def post(self, request: ApiRequest, id: UUID) -> Response:
        given, shift = body(CountIn, request), self.row(id)
        counted = given.pop("counts")
        closed = service.close(
            shift=shift, counted=counted, at=timezone.now(), by=request.user, **given
        )
        return _answer(self, ShiftOut, closed)


class Recount(RowsAPI[Shift]):
    """Say what a closed drawer really held; booked today."""

    model = Shift

    permission = Permission.BOOKS_WRITE
    serializer_class = RecountOut

    def rows(self) -> QuerySet[Shift]:
        return queries.shifts(self.cooperative)

    @extend_schema(
        operation_id="shifts_recount",
        tags=["shops"],
        request=RecountIn,
        responses=once(RecountOut),
    )
    def post(self, request: ApiRequest, id: UUID) -> Response:
        shift, given = self.row(id), body(RecountIn, request)
        made = corrections.correct_count(shift=shift, at=timezone.now(), by=request.user, **given)
        return _answer(self, RecountOut, made)


class UndoMovement(RowsAPI[CashMovement]):
    """Undo cash that was put into a drawer or taken out only on paper."""

    model = CashMovement

    permission = Permission.BOOKS_WRITE
    serializer_class = MovementOut

    def rows(self) -> QuerySet[CashMovement]:
        return queries.movements(self.cooperative)

    @extend_schema(
        operation_id="shifts_undo_movement",
        tags=["shops"],
        request=ReversalIn,
        responses=once(MovementOut),
    )
    def post(self, request: ApiRequest, movement_id: UUID) -> Response:
        movement, given = self.row(movement_id), body(ReversalIn, request)
        made = corrections.undo(movement=movement, at=timezone.now(), by=request.user, **given)
        return _answer(self, MovementOut, made)


def _answer(view: RowsAPI[Any], shape: type[ModelSerializer[Act]], made: Act) -> Response:
    code = status.HTTP_200_OK if made.is_repeat else status.HTTP_201_CREATED
    return Response(shape(made, context=view.get_serializer_context()).data, status=code)
