"""The list of products that can be taken out."""

from django.utils.translation import gettext_lazy as _

from kkmp.access.permissions import Permission
from kkmp.exports import words
from kkmp.exports.lists import Column, Content, ExportList, Kind, ListRequest, Sheet
from shops.goods import queries
from shops.goods.filters import ProductFilter

#: As on the page; the code stands there below the name, and the measure behind the stock.
COLUMNS = (
    Column(_("Name"), lambda product: product.name, width=36),
    Column(_("Barcode or code"), lambda product: product.code, Kind.CODE, 18),
    Column(_("Category"), lambda product: product.category.name, width=20),
    Column(_("Stock"), lambda product: product.stock_quantity, Kind.QUANTITY, 12),
    Column(_("Sold per"), lambda product: product.measure, width=10),
    Column(_("General price"), lambda product: product.general_price_idr, Kind.RUPIAH, 16),
    Column(_("Member price"), lambda product: product.member_price_idr, Kind.RUPIAH, 16),
)


class Products(ExportList):
    code = "products"
    slug = "barang"
    permission = Permission.PRODUCTS_READ
    title = _("Products")
    page = "shops:products"
    parameters = tuple(ProductFilter.base_filters)

    def content(self, request: ListRequest) -> Content:
        found = ProductFilter(
            request.query,
            queryset=queries.products(request.cooperative),
            request=request,
        )
        return Content([Sheet(self.title, COLUMNS, found.qs)], words.conditions(found.form))
