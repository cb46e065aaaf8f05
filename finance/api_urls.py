from finance.ledger import api_urls as ledger

urlpatterns = [
    *ledger.urlpatterns,
]
