from django.urls import path

from members.joining.views import public

app_name = "joining"
urlpatterns = [
    path("", public.form, name="form"),
    path("terima-kasih/", public.thanks, name="thanks"),
    path("privasi/", public.notice, name="notice"),
    path("privasi/<slug:version>/", public.notice, name="notice_version"),
]
