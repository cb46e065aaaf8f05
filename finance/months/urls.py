from django.urls import path

from finance.months import views

urlpatterns = [
    path("bulan/", views.month_list, name="months"),
    path("bulan/tutup/", views.close_month, name="close_month"),
]
