"""Codes that tills did not know: noting one, and the list for whoever keeps the goods."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.errors import DomainError
from kkmp.lib.parsers import read_json
from shops.goods import queries
from shops.goods.models import UnknownCode
from shops.goods.services import unknown_codes as service


@require_POST
@requires(Permission.SALES_SELL)
def note(request: CoopRequest) -> JsonResponse:
    """``{"code": …, "note": …}`` from the till; 422 with a sentence where it is no code."""
    try:
        told = read_json(request.body)
        code, remark = str(told["code"]), str(told.get("note", ""))
    except (ValueError, KeyError, TypeError, AttributeError, RawPostDataException):
        return JsonResponse({"message": _("The request could not be read.")}, status=400)
    try:
        service.note(cooperative=request.cooperative, code=code, remark=remark, by=request.user)
    except DomainError as refusal:
        return JsonResponse({"message": str(refusal)}, status=refusal.status)
    return JsonResponse({}, status=201)


@require_safe
@requires(Permission.PRODUCTS_READ)
def codes(request: CoopRequest) -> HttpResponse:
    return render(
        request,
        "shops/goods/unknown_codes.html",
        {"codes": queries.unknown_codes(request.cooperative)},
    )


@require_POST
@requires(Permission.PRODUCTS_WRITE)
def drop(request: CoopRequest, code_id: UUID) -> HttpResponse:
    noted = get_object_or_404(UnknownCode.objects.of(request.cooperative), id=code_id)
    service.drop(noted=noted, by=request.user)
    messages.success(request, _("%(code)s has been taken off the list.") % {"code": noted.code})
    return redirect("shops:unknown_codes", request.cooperative.code)
