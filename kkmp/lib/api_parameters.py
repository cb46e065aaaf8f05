"""What an operation of the API may be asked for: what its description names, and nothing else.

Whoever narrows a list by a word that nobody reads would take all of it for what was asked.
"""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

if TYPE_CHECKING:
    from rest_framework.views import APIView  # it loads classes that are made of this one

    _View = APIView
else:
    _View = object


class KnownParameters(_View):
    """Mixin before a DRF view: a parameter that its description does not name is refused."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.refuse_unknown_parameters(request)

    def refuse_unknown_parameters(self, request: Request) -> None:
        """:raises ValidationError: a parameter is not known; it names those that are"""
        method = "GET" if request.method == "HEAD" else str(request.method)
        if method != "OPTIONS" and method in self.allowed_methods:
            _refuse_unknown(type(self), method, request)


def _refuse_unknown(view: "type[APIView]", method: str, request: Request) -> None:
    from kkmp.lib.api_description import parameters  # loads the views

    known = parameters(view, method)  # type: ignore[arg-type]  # as every class it has a hash
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        told = _("This address knows no such parameter. It knows: %(names)s.") % {
            "names": ", ".join(sorted(known))
        }
        raise ValidationError({name: [told] for name in unknown})
