"""The API, version 1: the same rules as the pages."""

from importlib.util import find_spec

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from kkmp.access.web import public


def mounted(module: str) -> list:
    try:
        found = find_spec(module)
    except ModuleNotFoundError:
        found = None
    return [path("", include(module))] if found else []


urlpatterns = [
    *mounted("members.api.urls"),
    *mounted("shops.api.urls"),
    *mounted("finance.api.urls"),
    *mounted("kkmp.city.api.urls"),
    *mounted("members.api_urls"),
    *mounted("shops.api_urls"),
    *mounted("finance.api_urls"),
    *mounted("kkmp.city.api_urls"),
    path("schema/", public(SpectacularAPIView.as_view(permission_classes=[])), name="api-schema"),
    path(
        "",
        public(SpectacularSwaggerSplitView.as_view(url_name="api-schema", permission_classes=[])),
        name="api-docs",
    ),
]
