from django.urls import path

from kkmp.city.views import public

app_name = "public"
urlpatterns = [path("", public.progress, name="progress")]
