from django.urls import path

from kkmp.city.cooperatives.views import city as views_city
from kkmp.city.cooperatives.views import ladder
from kkmp.city.progress import views

app_name = "city"
urlpatterns = [
    path("", views.home, name="home"),
    path("kecamatan/<str:kecamatan_code>/", views.kecamatan, name="kecamatan"),
    path("koperasi/<slug:cooperative_code>/", views_city.cooperative, name="cooperative"),
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
