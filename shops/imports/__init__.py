"""Lists of goods, as cooperatives keep them in a spreadsheet."""

from kkmp.imports import kinds
from shops.goods.imports.kind import ProductList

kinds.register(ProductList())
