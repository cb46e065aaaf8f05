"""The roof: everything is mounted here."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path


def mounted(route: str, module: str, **options) -> list:
    try:
        found = find_spec(module)
    except ModuleNotFoundError:
        found = None
    return [path(route, include(module, **options))] if found else []


urlpatterns: list[URLPattern | URLResolver] = [
    *mounted("", "kkmp.city.public_urls"),
    *mounted("kota/", "kkmp.city.urls"),
    *mounted("k/<slug:code>/", "kkmp.city.cooperative_urls"),
    *mounted("k/<slug:code>/anggota/", "members.urls"),
    *mounted("k/<slug:code>/gerai/", "shops.urls"),
    *mounted("k/<slug:code>/buku/", "finance.urls"),
    *mounted("k/<slug:code>/impor/", "kkmp.imports.urls"),
    path("", include("kkmp.access.urls")),
    path("akun/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("bahasa/", include("django.conf.urls.i18n")),
    *mounted("api/v1/", "kkmp.api_urls"),
]
