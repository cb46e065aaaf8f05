"""The address of the page of a member's PIN."""

from django.urls import path

from members.pins import views

urlpatterns = [path("<uuid:member_id>/pin/", views.pin, name="pin")]
