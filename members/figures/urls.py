"""Where the pages of figures are found."""

from django.urls import path

from members.figures import views

urlpatterns = [
    path("angka/", views.figures, name="figures"),
]
