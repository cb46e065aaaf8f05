from django.urls import path

from kkmp.city.cooperatives.views import city, ladder

urlpatterns = [
    path("koperasi/<slug:cooperative_code>/", city.cooperative, name="cooperative"),
    path(
        "koperasi/<slug:cooperative_code>/tahap/<uuid:step_id>/verifikasi/",
        ladder.verify,
        name="verify",
    ),
    path(
        "koperasi/<slug:cooperative_code>/tahap/<uuid:step_id>/cabut/",
        ladder.withdraw,
        name="withdraw",
    ),
    path(
        "koperasi/<slug:cooperative_code>/tahap/<uuid:step_id>/berkas/",
        ladder.document,
        name="document",
    ),
]
