"""The API, version 1: the same rules as the pages."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from kkmp.access.web import public
from kkmp.lib.api_nowhere import Nowhere

urlpatterns = [
    path("", include("shops.api_urls")),
    path("", include("kkmp.imports.api_urls")),
    path("", include("members.api_urls")),
    path("", include("finance.api_urls")),
    path("", include("kkmp.exports.api_urls")),
    path("", include("kkmp.city.api_urls")),
    path("schema/", public(SpectacularAPIView.as_view(permission_classes=[])), name="api-schema"),
    path(
        "",
        public(SpectacularSwaggerSplitView.as_view(url_name="api-schema", permission_classes=[])),
        name="api-docs",
    ),
    # Last: without a slash at its end as well.
    re_path(r"", public(Nowhere.as_view()), name="api-nowhere"),
]
