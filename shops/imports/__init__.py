"""Lists of goods, as cooperatives keep them in a spreadsheet."""

from kkmp.imports import kinds
from shops.imports.kind import ProductList

kinds.register(ProductList())
