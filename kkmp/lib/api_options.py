"""What the API answers to OPTIONS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.metadata import BaseMetadata
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

if TYPE_CHECKING:
    from rest_framework.views import APIView  # it loads the class of this very module


class Methods(BaseMetadata):
    """The methods of an address; all else is in the API's description.

    Django REST framework would look for the row that an address names, in ways of its own.
    """

    def determine_metadata(self, request: Request, view: APIView) -> dict[str, object]:
        # Where an address answers with a file, this is none.
        request.accepted_renderer = JSONRenderer()
        request.accepted_media_type = JSONRenderer.media_type
        return {"name": view.get_view_name(), "methods": view.allowed_methods}
