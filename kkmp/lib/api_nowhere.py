"""What the API answers where it has nothing."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import resolve
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView


@extend_schema(exclude=True)
class Nowhere(APIView):
    """Every address that is none: the shape of a refusal, for a program and not for a person.

    Only where a slash is forgotten, whoever reads is led to the address that has it.
    """

    authentication_classes = ()
    permission_classes = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise Http404

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in ("GET", "HEAD") and _lacks_a_slash(request.path_info):
            return HttpResponseRedirect(request.get_full_path(force_append_slash=True))
        return super().dispatch(request, *args, **kwargs)


def _lacks_a_slash(path: str) -> bool:
    if path.endswith("/"):
        return False
    return getattr(resolve(f"{path}/").func, "cls", None) is not Nowhere
