"""What reports add: lists that can be taken out."""

from kkmp.exports import lists
from shops.reports.exports import Sales, SalesReports


def register() -> None:
    lists.register(Sales())
    lists.register(SalesReports())
