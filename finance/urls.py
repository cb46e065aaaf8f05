from django.urls import path

from finance.ledger import views as ledger_views
from finance.months import views as months_views
from finance.opening import views as opening_views

app_name = "finance"
urlpatterns = [
    path("", ledger_views.trial_balance, name="trial_balance"),
    path("cetak/", ledger_views.trial_balance_print, name="trial_balance_print"),
    path("akun/<slug:account_code>/", ledger_views.account, name="account"),
    path("jurnal/", ledger_views.journals, name="journals"),
    path("jurnal/<uuid:journal_id>/", ledger_views.journal, name="journal"),
    path(
        "jurnal/<uuid:journal_id>/batalkan/", ledger_views.reverse_journal, name="reverse_journal"
    ),
    path("saldo-awal/", opening_views.record_opening, name="opening"),
    path("bulan/", months_views.month_list, name="months"),
    path("bulan/tutup/", months_views.close_month, name="close_month"),
]
