"""Addresses of the API of :mod:`shops.drawers`."""

from django.urls import path

from shops.drawers import api

urlpatterns = [
    path("shifts/", api.Shifts.as_view(), name="api-shifts"),
    path("shifts/<uuid:id>/", api.ShiftDetail.as_view(), name="api-shift"),
    path("shifts/<uuid:id>/movements/", api.Movements.as_view(), name="api-shift-movements"),
    path("shifts/<uuid:id>/close/", api.Close.as_view(), name="api-shift-close"),
    path("shifts/<uuid:id>/recount/", api.Recount.as_view(), name="api-shift-recount"),
    path(
        "shift-movements/<uuid:movement_id>/undo/",
        api.UndoMovement.as_view(),
        name="api-shift-movement-undo",
    ),
]
