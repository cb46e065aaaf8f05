from finance.ledger import urls as ledger
from finance.months import urls as months
from finance.opening import urls as opening

app_name = "finance"
urlpatterns = [
    *ledger.urlpatterns,
    *opening.urlpatterns,
    *months.urlpatterns,
]
