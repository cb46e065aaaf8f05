from django.urls import path

from kkmp.city.cooperatives.views import own

app_name = "cooperative"
urlpatterns = [
    path("", own.overview, name="home"),
    path("koperasi/", own.details, name="profile"),
    path("koperasi/ubah/", own.edit, name="edit"),
    path("koperasi/ketetapan/", own.decide, name="decide"),
    path(
        "koperasi/ketetapan/<uuid:settings_id>/batalkan/",
        own.withdraw_decision,
        name="withdraw_decision",
    ),
    path("koperasi/tahap/", own.record_step, name="record_step"),
    path("koperasi/tahap/<uuid:step_id>/berkas/", own.document, name="document"),
]
