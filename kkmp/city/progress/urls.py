from django.urls import path

from kkmp.city.progress import views

urlpatterns = [
    path("", views.home, name="home"),
    path("kecamatan/<str:kecamatan_code>/", views.kecamatan, name="kecamatan"),
]
