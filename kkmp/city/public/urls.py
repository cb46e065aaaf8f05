from django.urls import path

from kkmp.city.public import views

app_name = "public"
urlpatterns = [
    path("", views.progress, name="progress"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
]
