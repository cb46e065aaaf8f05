"""Addresses of the API of :mod:`members.leaving`."""

from django.urls import path

from members.leaving import api

urlpatterns = [
    path("exits/", api.Exits.as_view(), name="api-exits"),
    path("exits/<uuid:exit_id>/", api.ExitDetail.as_view(), name="api-exit"),
    path(
        "exits/<uuid:exit_id>/withdrawal/",
        api.ExitWithdrawal.as_view(),
        name="api-exit-withdraw",
    ),
    path("exits/<uuid:exit_id>/heir/", api.ExitHeir.as_view(), name="api-exit-heir"),
    path("exits/<uuid:exit_id>/decision/", api.ExitDecision.as_view(), name="api-exit-decide"),
    path("exits/<uuid:exit_id>/payment/", api.ExitPayment.as_view(), name="api-exit-pay"),
    path(
        "exits/<uuid:exit_id>/payment/correction/",
        api.ExitPaymentCorrection.as_view(),
        name="api-exit-unpay",
    ),
    path(
        "members/<uuid:member_id>/readmission/",
        api.Readmission.as_view(),
        name="api-member-readmit",
    ),
]
