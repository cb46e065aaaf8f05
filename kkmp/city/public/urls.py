from django.urls import path

from kkmp.city.public import views

app_name = "public"
urlpatterns = [path("", views.progress, name="progress")]
