from django.urls import path

from shops.views import products, receipts, reports, sales, till, units

app_name = "shops"
urlpatterns = [
    path("barang/", products.products, name="products"),
    path("barang/tambah/", products.add, name="product_add"),
    path("barang/<uuid:product_id>/", products.product, name="product"),
    path("barang/<uuid:product_id>/ubah/", products.edit, name="product_edit"),
    path("barang/<uuid:product_id>/henti/", products.retire, name="product_retire"),
    path("barang/<uuid:product_id>/jual-lagi/", products.restore, name="product_restore"),
    path("unit/", units.units, name="units"),
    path("unit/buka/", units.open_unit, name="unit_open"),
    path("unit/<uuid:unit_id>/ubah/", units.edit, name="unit_edit"),
    path("kasir/", till.till, name="till"),
    path("kasir/barang/", till.goods, name="till_goods"),
    path("kasir/anggota/", till.members, name="till_members"),
    path("kasir/nota/", till.receipts, name="till_receipts"),
    path("kasir/nota/<uuid:sale_id>/", receipts.own, name="till_receipt"),
    path("kasir/nota/<uuid:sale_id>/cetak/", receipts.issue_own, name="till_receipt_print"),
    path("kasir/nota/<uuid:sale_id>.escpos", receipts.own_bytes, name="till_receipt_escpos"),
    path("penjualan/", sales.sales, name="sales"),
    path("penjualan/<uuid:sale_id>/", receipts.sale, name="sale"),
    path("penjualan/<uuid:sale_id>/cetak/", receipts.issue, name="sale_print"),
    path("penjualan/nota/<uuid:sale_id>.escpos", receipts.sale_bytes, name="sale_escpos"),
    path("laporan/", reports.show, name="reports"),
]
