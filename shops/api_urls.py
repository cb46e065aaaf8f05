from shops.credit import api_urls as credit
from shops.drawers import api_urls as drawers
from shops.goods import api_urls as goods
from shops.receipts import api_urls as receipts
from shops.reports import api_urls as reports
from shops.returns import api_urls as returns
from shops.settings import api_urls as settings
from shops.settling import api_urls as settling
from shops.till import api_urls as till
from shops.vouchers import api_urls as vouchers

urlpatterns = [
    *till.urlpatterns,
    *goods.urlpatterns,
    *settings.urlpatterns,
    *receipts.urlpatterns,
    *drawers.urlpatterns,
    *returns.urlpatterns,
    *settling.urlpatterns,
    *credit.urlpatterns,
    *vouchers.urlpatterns,
    *reports.urlpatterns,
]
