"""Figures and saved views for programs."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import generics
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from kkmp.access.api import CooperativeAPI
from kkmp.access.permissions import Permission
from kkmp.lib.api import Error
from kkmp.lib.clock import business_today
from members import saved
from members.api import figures_serializers as serializers
from members.figures import whole
from members.models.saved import SavedView
from members.register import ages
from members.register.filters import ALL
from members.register.models import Category, Status
from members.register.persons import Sex
from members.services import saved_views

REFUSED = OpenApiResponse(Error, description="refused, with a sentence fit to show")


def _choice(name: str, *values: str) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, enum=values)


_PARAMETERS = [
    OpenApiParameter("status", enum=[*Status.values, ALL], description="active by default"),
    _choice("sex", *Sex.values, "none"),
    _choice("age", *(code for code, _label in ages.CHOICES)),
    _choice("category", *Category.values),
    OpenApiParameter("is_civil_servant", OpenApiTypes.BOOL),
    OpenApiParameter("rw", description="003, or none: not recorded"),
    OpenApiParameter("agency", description="as on the register, or none: not recorded"),
    OpenApiParameter("joined_since", OpenApiTypes.DATE),
    OpenApiParameter("joined_until", OpenApiTypes.DATE),
]


class Figures(CooperativeAPI, generics.GenericAPIView):
    """The register in numbers, as on its page."""

    permission = Permission.MEMBERS_READ
    serializer_class = serializers.FiguresOut
    pagination_class = None
    filter_backends = []

    @extend_schema(operation_id="members_figures", tags=["members"], parameters=_PARAMETERS)
    def get(self, request: Request) -> Response:
        people = whole.found(request.query_params, self.cooperative, on=business_today())
        if people.form.errors:
            raise ValidationError(people.form.errors)
        found = whole.figures(people, self.cooperative)
        return Response(serializers.FiguresOut(found).data)


class Views(CooperativeAPI, generics.GenericAPIView):
    """One's own saved views and those shared in the cooperative, and keeping one."""

    permission = Permission.MEMBERS_READ
    serializer_class = serializers.ViewOut
    pagination_class = None
    filter_backends = []

    @extend_schema(
        operation_id="views_list",
        tags=["members"],
        responses={200: serializers.ViewOut(many=True)},
    )
    def get(self, request: Request) -> Response:
        views = saved.usable(self.cooperative, request.user)
        return Response(serializers.ViewOut(views, many=True).data)

    @extend_schema(
        operation_id="views_save",
        tags=["members"],
        request=serializers.ViewIn,
        responses={201: serializers.ViewOut, 422: REFUSED},
    )
    def post(self, request: Request) -> Response:
        given = serializers.ViewIn(data=request.data)
        given.is_valid(raise_exception=True)
        view = saved_views.save(
            cooperative=self.cooperative, by=request.user, **given.validated_data
        )
        return Response(serializers.ViewOut(view).data, status=201)


class ViewDetail(CooperativeAPI, generics.GenericAPIView):
    """Renaming, sharing and giving up a view."""

    permission = Permission.MEMBERS_READ
    serializer_class = serializers.ViewOut

    @extend_schema(
        operation_id="views_change",
        tags=["members"],
        request=serializers.ViewChange,
        responses={200: serializers.ViewOut, 422: REFUSED},
    )
    def patch(self, request: Request, view_id: UUID) -> Response:
        view = self.view(view_id)
        if view.owner_id != request.user.pk:
            raise Http404
        given = serializers.ViewChange(data=request.data)
        given.is_valid(raise_exception=True)
        values: dict[str, Any] = {"name": view.name, "is_shared": view.is_shared}
        view = saved_views.change(view=view, by=request.user, **values | given.validated_data)
        return Response(serializers.ViewOut(view).data)

    @extend_schema(operation_id="views_delete", tags=["members"], responses={204: None})
    def delete(self, request: Request, view_id: UUID) -> Response:
        view = self.view(view_id)
        runs_it = Permission.COOPERATIVE_WRITE in self.permissions
        if view.owner_id != request.user.pk and not (view.is_shared and runs_it):
            raise Http404
        saved_views.delete(view=view, by=request.user)
        return Response(status=204)

    def view(self, view_id: UUID) -> SavedView:
        found = SavedView.objects.of(self.cooperative).select_related("cooperative")
        return get_object_or_404(found, id=view_id)
