"""What the operations of the API share: reading a body, finding what it names, and answers."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer

from kkmp.lib.api import Error

R = TypeVar("R", bound=Model)
S = TypeVar("S", bound=BaseSerializer[Any])

CONFLICT = OpenApiResponse(Error, description="it contradicts what is recorded already")
CHANGED = OpenApiResponse(Error, description="somebody else changed it in the meantime")
REFUSED = OpenApiResponse(Error, description="refused, with a sentence fit to show")
TOO_MANY = OpenApiResponse(Error, description="too many wrong tries: it rests for a while")


class ReversalIn(serializers.Serializer[Any]):
    """What undoes an act: the key of the undoing, and why."""

    key = serializers.UUIDField()
    reason = serializers.CharField(max_length=120)


def once(
    shape: type[BaseSerializer[Any]], again: str = "it had been done before"
) -> dict[int, Any]:
    """What an act with a key answers, for the description of the API.

    :param again: what it means that the same key comes with the same content
    """
    return {
        201: shape,
        200: OpenApiResponse(shape, description=again),
        409: CONFLICT,
        422: REFUSED,
    }


def checked(serializer: S) -> S:
    """The serializer, once its body was found right.

    :raises ValidationError: it was not
    """
    serializer.is_valid(raise_exception=True)
    return serializer


def body(shape: type[BaseSerializer[Any]], request: Request) -> dict[str, Any]:
    """What a request says, read and shaped.

    :raises ValidationError: it is not of that shape
    """
    return dict(checked(shape(data=request.data)).validated_data)


def named(rows: QuerySet[R], field: str) -> R:
    """The one row that a body names.

    :param field: that names it
    :raises ValidationError: there is none in this cooperative
    """
    row = rows.first()
    if row is None:
        raise ValidationError({field: [nothing_such()]})
    return row


def nothing_such() -> str:
    """The refusal of an id or a code in a body that this cooperative does not have."""
    return _("There is no such thing in this cooperative.")
