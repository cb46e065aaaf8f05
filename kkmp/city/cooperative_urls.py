from django.urls import path

from kkmp.city.views import cooperative

app_name = "cooperative"
urlpatterns = [
    path("", cooperative.overview, name="home"),
    path("koperasi/", cooperative.details, name="profile"),
    path("koperasi/ubah/", cooperative.edit, name="edit"),
    path("koperasi/ketetapan/", cooperative.decide, name="decide"),
    path("koperasi/tahap/", cooperative.record_step, name="record_step"),
    path("koperasi/tahap/<uuid:step_id>/berkas/", cooperative.document, name="document"),
]
