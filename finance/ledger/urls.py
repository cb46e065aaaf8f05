from django.urls import path

from finance.ledger import views

urlpatterns = [
    path("", views.trial_balance, name="trial_balance"),
    path("cetak/", views.trial_balance_print, name="trial_balance_print"),
    path("akun/<slug:account_code>/", views.account, name="account"),
    path("jurnal/", views.journals, name="journals"),
    path("jurnal/<uuid:journal_id>/", views.journal, name="journal"),
    path("jurnal/<uuid:journal_id>/batalkan/", views.reverse_journal, name="reverse_journal"),
]
