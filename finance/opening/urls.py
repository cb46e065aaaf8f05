from django.urls import path

from finance.opening import views

urlpatterns = [
    path("saldo-awal/", views.record_opening, name="opening"),
]
