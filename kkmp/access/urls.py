from django.urls import path

from kkmp.access import views
from kkmp.access.staff.views import come_in

urlpatterns = [
    path("beranda/", views.home, name="home"),
    path("profil/", views.profile, name="profile"),
    path("profil/pin/", views.approval_pin, name="approval_pin"),
    path("profil/perangkat/", views.devices, name="devices"),
    path("profil/token/", views.issue_token, name="issue_token"),
    path("profil/token/<uuid:token_id>/cabut/", views.revoke_token, name="revoke_token"),
    path("undangan/<str:secret>/", come_in, name="come_in"),
    path("healthz", views.healthz, name="healthz"),
]
