from kkmp.imports.command import ImportCommand
from shops.goods.imports.kind import ProductList


class Command(ImportCommand):
    help = "Import a list of goods with prices and opening stock from a spreadsheet."
    kind = ProductList()
