"""Saved views for programs."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.response import Response

from kkmp.access.api import ApiRequest, CooperativeAPI
from kkmp.access.permissions import Permission
from kkmp.lib.api_answers import REFUSED, body
from members.saved_views import queries, serializers
from members.saved_views.models import SavedView
from members.saved_views.services import saved_views


class Views(CooperativeAPI, generics.GenericAPIView[SavedView]):
    """One's own saved views and those shared in the cooperative, and keeping one."""

    permission = Permission.MEMBERS_READ
    serializer_class = serializers.ViewOut
    filter_backends = []

    @extend_schema(
        operation_id="views_list",
        tags=["members"],
        responses={200: serializers.ViewOut(many=True)},
    )
    def get(self, request: ApiRequest) -> Response:
        views = queries.usable(self.cooperative, request.user)
        return Response(serializers.ViewOut(views, many=True).data)

    @extend_schema(
        operation_id="views_save",
        tags=["members"],
        request=serializers.ViewIn,
        responses={201: serializers.ViewOut, 422: REFUSED},
    )
    def post(self, request: ApiRequest) -> Response:
        given = body(serializers.ViewIn, request)
        view = saved_views.save(cooperative=self.cooperative, by=request.user, **given)
        return Response(serializers.ViewOut(view).data, status=201)


class ViewDetail(CooperativeAPI, generics.GenericAPIView[SavedView]):
    """Renaming, sharing and giving up a view."""

    permission = Permission.MEMBERS_READ
    serializer_class = serializers.ViewOut

    @extend_schema(
        operation_id="views_change",
        tags=["members"],
        request=serializers.ViewChange,
        responses={200: serializers.ViewOut, 422: REFUSED},
    )
    def patch(self, request: ApiRequest, view_id: UUID) -> Response:
        view = self.view(view_id)
        if view.owner_id != request.user.pk:
            raise Http404
        given = body(serializers.ViewChange, request)
        values: dict[str, Any] = {"name": view.name, "is_shared": view.is_shared}
        view = saved_views.change(view=view, by=request.user, **values | given)
        return Response(serializers.ViewOut(view).data)

    @extend_schema(operation_id="views_delete", tags=["members"], responses={204: None})
    def delete(self, request: ApiRequest, view_id: UUID) -> Response:
        view = self.view(view_id)
        runs_it = Permission.COOPERATIVE_WRITE in self.permissions
        if view.owner_id != request.user.pk and not (view.is_shared and runs_it):
            raise Http404
        saved_views.delete(view=view, by=request.user)
        return Response(status=204)

    def view(self, view_id: UUID) -> SavedView:
        found = SavedView.objects.of(self.cooperative).select_related("cooperative")
        return get_object_or_404(found, id=view_id)
