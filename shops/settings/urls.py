"""Where the pages of settings are found."""

from django.urls import path

from shops.settings import views

urlpatterns = [
    path("barang/pengaturan-kasir/", views.settings, name="till_settings"),
]
