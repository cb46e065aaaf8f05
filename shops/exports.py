"""Lists of the shop that can be taken out."""

from kkmp.exports import lists
from shops.goods.exports import Products
from shops.reports.exports import Sales, SalesReports

for _kind in (Products(), Sales(), SalesReports()):
    lists.register(_kind)
