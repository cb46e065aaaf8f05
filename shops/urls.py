from django.urls import path

from shops.views import products, sales, till, units, unknown_codes

app_name = "shops"
urlpatterns = [
    path("barang/", products.products, name="products"),
    path("barang/tambah/", products.add, name="product_add"),
    path("barang/<uuid:product_id>/", products.product, name="product"),
    path("barang/<uuid:product_id>/ubah/", products.edit, name="product_edit"),
    path("barang/<uuid:product_id>/henti/", products.retire, name="product_retire"),
    path("barang/<uuid:product_id>/jual-lagi/", products.restore, name="product_restore"),
    path("barang/<uuid:product_id>/foto/", till.photo, name="product_photo"),
    path("barang/kode-baru/", unknown_codes.codes, name="unknown_codes"),
    path("barang/kode-baru/<uuid:code_id>/abaikan/", unknown_codes.drop, name="unknown_code_drop"),
    path("unit/", units.units, name="units"),
    path("unit/buka/", units.open_unit, name="unit_open"),
    path("unit/<uuid:unit_id>/ubah/", units.edit, name="unit_edit"),
    path("kasir/", till.till, name="till"),
    path("kasir/barang/", till.goods, name="till_goods"),
    path("kasir/anggota/", till.members, name="till_members"),
    path("kasir/kode-baru/", unknown_codes.note, name="unknown_code_note"),
    path("kasir/nota/", till.receipts, name="till_receipts"),
    path("kasir/nota/<uuid:sale_id>/", till.receipt, name="till_receipt"),
    path("penjualan/", sales.sales, name="sales"),
    path("penjualan/<uuid:sale_id>/", sales.sale, name="sale"),
]
