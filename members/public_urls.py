from django.urls import path

from members.views import joining

app_name = "joining"
urlpatterns = [
    path("", joining.form, name="form"),
    path("terima-kasih/", joining.thanks, name="thanks"),
    path("privasi/", joining.notice, name="notice"),
    path("privasi/<slug:version>/", joining.notice, name="notice_version"),
]
