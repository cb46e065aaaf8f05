"""Addresses of the API of :mod:`members.registers`."""

from django.urls import path

from members.registers import api

urlpatterns = [
    path("registers/members/", api.MemberRegister.as_view(), name="api-register-members"),
    path("registers/savings/", api.SavingsRegister.as_view(), name="api-register-savings"),
]
