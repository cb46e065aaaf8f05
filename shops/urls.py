from django.urls import path

from shops.views import products, returns, sales, shifts, till, units

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
    path("kasir/nota/<uuid:sale_id>/", till.receipt, name="till_receipt"),
    path("penjualan/", sales.sales, name="sales"),
    path("penjualan/<uuid:sale_id>/", sales.sale, name="sale"),
    path("penjualan/<uuid:sale_id>/retur/", returns.sale_return, name="sale_return"),
    path("retur/", returns.return_find, name="return_find"),
    path("retur/<uuid:return_id>/", returns.return_slip, name="return_slip"),
    path("giliran/", shifts.shift, name="shift"),
    path("giliran/buka/", shifts.shift_open, name="shift_open"),
    path("giliran/kas/", shifts.shift_move, name="shift_move"),
    path("giliran/tutup/", shifts.shift_close, name="shift_close"),
    path("giliran/semua/", shifts.shifts, name="shifts"),
    path("giliran/<uuid:shift_id>/", shifts.shift_summary, name="shift_summary"),
    path("giliran/<uuid:shift_id>/tutup/", shifts.shift_close_other, name="shift_close_other"),
]
