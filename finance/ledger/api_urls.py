from django.urls import path

from finance.ledger import api

urlpatterns = [
    path("journals/", api.Journals.as_view(), name="api-journals"),
    path("journals/<uuid:id>/", api.JournalDetail.as_view(), name="api-journal"),
    path("accounts/", api.Accounts.as_view(), name="api-accounts"),
    path("trial-balance/", api.TrialBalance.as_view(), name="api-trial-balance"),
]
