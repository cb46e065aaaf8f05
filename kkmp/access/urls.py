from django.urls import path

from kkmp.access import views

urlpatterns = [
    path("beranda/", views.home, name="home"),
    path("profil/", views.profile, name="profile"),
    path("profil/pin/", views.approval_pin, name="approval_pin"),
    path("profil/token/", views.issue_token, name="issue_token"),
    path("profil/token/<uuid:token_id>/cabut/", views.revoke_token, name="revoke_token"),
    path("healthz", views.healthz, name="healthz"),
]
