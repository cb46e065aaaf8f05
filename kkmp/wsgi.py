"""The WSGI entry point that the web server loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kkmp.settings")


def _settle() -> None:
    """Load what the first request would, and never look through it for garbage again.

    A sale makes some thousand objects. Walking through all that Django has loaded whenever the
    youngest of them had piled up made the slowest sales slower by half.
    """
    _ = get_resolver().url_patterns
    api_description.load()
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


application = get_wsgi_application()

from kkmp.lib import api_description, outside  # noqa: E402  once Django is set up

application.request_class = outside.Utf8Request

_settle()
