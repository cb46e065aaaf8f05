from shops.credit import urls as credit
from shops.drawers import urls as drawers
from shops.goods import urls as goods
from shops.receipts import urls as receipts
from shops.reports import urls as reports
from shops.returns import urls as returns
from shops.settings import urls as settings
from shops.settling import urls as settling
from shops.till import urls as till
from shops.units import urls as units
from shops.vouchers import urls as vouchers

app_name = "shops"
urlpatterns = [
    *goods.urlpatterns,
    *settings.urlpatterns,
    *units.urlpatterns,
    *till.urlpatterns,
    *receipts.urlpatterns,
    *reports.urlpatterns,
    *returns.urlpatterns,
    *drawers.urlpatterns,
    *settling.urlpatterns,
    *credit.urlpatterns,
    *vouchers.urlpatterns,
]
