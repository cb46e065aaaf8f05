from django.urls import path

from members.api import exits, officers, registers, views

urlpatterns = [
    path("members/", views.Members.as_view(), name="api-members"),
    path("members/<uuid:member_id>/", views.MemberDetail.as_view(), name="api-member"),
    path(
        "members/<uuid:member_id>/savings/",
        views.MemberSavings.as_view(),
        name="api-member-savings",
    ),
    path(
        "members/<uuid:member_id>/balances/",
        views.MemberHoldings.as_view(),
        name="api-member-balances",
    ),
    path("savings/kinds/", views.Kinds.as_view(), name="api-savings-kinds"),
    path("savings/deposits/", views.Deposits.as_view(), name="api-savings-deposits"),
    path("savings/withdrawals/", views.Withdrawals.as_view(), name="api-savings-withdrawals"),
    path("savings/corrections/", views.Corrections.as_view(), name="api-savings-corrections"),
    path("exits/", exits.Exits.as_view(), name="api-exits"),
    path("exits/<uuid:exit_id>/", exits.ExitDetail.as_view(), name="api-exit"),
    path(
        "exits/<uuid:exit_id>/withdrawal/", exits.ExitWithdrawal.as_view(), name="api-exit-withdraw"
    ),
    path("exits/<uuid:exit_id>/heir/", exits.ExitHeir.as_view(), name="api-exit-heir"),
    path("exits/<uuid:exit_id>/decision/", exits.ExitDecision.as_view(), name="api-exit-decide"),
    path("exits/<uuid:exit_id>/payment/", exits.ExitPayment.as_view(), name="api-exit-pay"),
    path(
        "exits/<uuid:exit_id>/payment/correction/",
        exits.ExitPaymentCorrection.as_view(),
        name="api-exit-unpay",
    ),
    path(
        "members/<uuid:member_id>/readmission/",
        exits.Readmission.as_view(),
        name="api-member-readmit",
    ),
    path("officers/", officers.Officers.as_view(), name="api-officers"),
    path("officers/warnings/", officers.OfficerWarnings.as_view(), name="api-officers-warnings"),
    path("officers/<uuid:officer_id>/", officers.OfficerDetail.as_view(), name="api-officer"),
    path("officers/<uuid:officer_id>/end/", officers.OfficerEnd.as_view(), name="api-officer-end"),
    path(
        "officers/<uuid:officer_id>/terms/", officers.OfficerTerm.as_view(), name="api-officer-term"
    ),
    path("registers/members/", registers.MemberRegister.as_view(), name="api-register-members"),
    path("registers/savings/", registers.SavingsRegister.as_view(), name="api-register-savings"),
]
