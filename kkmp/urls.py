"""The addresses of all pages; the API's are in :mod:`kkmp.api_urls`."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from kkmp.lib import outside

handler400 = outside.bad_request
handler403 = outside.permission_denied
handler404 = outside.page_not_found
handler500 = outside.server_error

urlpatterns: list[URLPattern | URLResolver] = [
    # Tried in this order: tills ask most, and wait.
    path("api/v1/", include("kkmp.api_urls")),
    path("", include("kkmp.city.public.urls")),
    path("gabung/<slug:code>/", include("members.joining.public_urls")),
    path("kota/", include("kkmp.city.urls")),
    path("k/<slug:code>/", include("kkmp.city.cooperatives.own_urls")),
    path("k/<slug:code>/anggota/", include("members.urls")),
    path("saya/<slug:code>/", include("members.papers.own_urls")),
    path("k/<slug:code>/gerai/", include("shops.urls")),
    path("kasir/", include("shops.till.shell_urls")),
    path("k/<slug:code>/buku/", include("finance.urls")),
    path("k/<slug:code>/impor/", include("kkmp.imports.urls")),
    path("k/<slug:code>/ekspor/", include("kkmp.exports.urls")),
    path("k/<slug:code>/akun/", include("kkmp.access.staff.urls")),
    path("", include("kkmp.access.urls")),
    path("akun/", include("kkmp.access.sign_in_urls")),
    path("admin/", admin.site.urls),
    path("bahasa/", include("django.conf.urls.i18n")),
]
