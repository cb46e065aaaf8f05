from django.urls import path

from finance.api import views

urlpatterns = [
    path("journals/", views.Journals.as_view(), name="api-journals"),
    path("journals/<uuid:id>/", views.JournalDetail.as_view(), name="api-journal"),
    path("accounts/", views.Accounts.as_view(), name="api-accounts"),
    path("trial-balance/", views.TrialBalance.as_view(), name="api-trial-balance"),
]
