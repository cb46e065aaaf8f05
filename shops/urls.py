from django.urls import path

from shops.credit import views as credit_views
from shops.drawers import views as drawers_views
from shops.goods.views import categories, packs, photos, prices, products, rules, unknown_codes
from shops.receipts import views as receipts_views
from shops.reports.views import reports, sales
from shops.returns import views as returns_views
from shops.settings import views
from shops.settling.views import payments, settlements
from shops.till import views as till_views
from shops.units import views as units_views
from shops.vouchers import views as vouchers_views

app_name = "shops"
urlpatterns = [
    path("barang/", products.products, name="products"),
    path("barang/tambah/", products.add, name="product_add"),
    path("barang/<uuid:product_id>/", products.product, name="product"),
    path("barang/<uuid:product_id>/ubah/", products.edit, name="product_edit"),
    path("barang/<uuid:product_id>/henti/", products.retire, name="product_retire"),
    path("barang/<uuid:product_id>/jual-lagi/", products.restore, name="product_restore"),
    path("barang/<uuid:product_id>/foto/", photos.photo, name="product_photo"),
    path("barang/<uuid:product_id>/foto/ganti/", photos.change, name="product_photo_change"),
    path("barang/<uuid:product_id>/kemasan/", packs.add, name="pack_add"),
    path("barang/<uuid:product_id>/harga/", prices.add, name="price_add"),
    path("barang/kemasan/<uuid:pack_id>/ubah/", packs.change, name="pack_change"),
    path("barang/kemasan/<uuid:pack_id>/henti/", packs.retire, name="pack_retire"),
    path("barang/kemasan/<uuid:pack_id>/jual-lagi/", packs.restore, name="pack_restore"),
    path("barang/harga/<uuid:price_id>/akhiri/", prices.end, name="price_end"),
    path("barang/aturan/", rules.rules, name="rules"),
    path("barang/aturan/tambah/", rules.add, name="rule_add"),
    path("barang/aturan/<uuid:rule_id>/akhiri/", rules.end, name="rule_end"),
    path("barang/kategori/", categories.categories, name="categories"),
    path("barang/kategori/<uuid:category_id>/ubah/", categories.change, name="category_change"),
    path("barang/pengaturan-kasir/", views.settings, name="till_settings"),
    path("barang/kode-baru/", unknown_codes.codes, name="unknown_codes"),
    path("barang/kode-baru/<uuid:code_id>/abaikan/", unknown_codes.drop, name="unknown_code_drop"),
    path("unit/", units_views.units, name="units"),
    path("unit/buka/", units_views.open_unit, name="unit_open"),
    path("unit/<uuid:unit_id>/ubah/", units_views.edit, name="unit_edit"),
    path("kasir/", till_views.till, name="till"),
    path("kasir/data/", till_views.data, name="till_data"),
    path("kasir/anggota/", till_views.members, name="till_members"),
    path("kasir/kode-baru/", unknown_codes.note, name="unknown_code_note"),
    path("kasir/nota/", till_views.receipts, name="till_receipts"),
    path("kasir/nota/<uuid:sale_id>/", receipts_views.own, name="till_receipt"),
    path("kasir/nota/<uuid:sale_id>/cetak/", receipts_views.issue_own, name="till_receipt_print"),
    path("kasir/nota/<uuid:sale_id>.escpos", receipts_views.own_bytes, name="till_receipt_escpos"),
    path("penjualan/", sales.sales, name="sales"),
    path("penjualan/<uuid:sale_id>/retur/", returns_views.sale_return, name="sale_return"),
    path("retur/", returns_views.return_find, name="return_find"),
    path("retur/<uuid:return_id>/", returns_views.return_slip, name="return_slip"),
    path("giliran/", drawers_views.shift, name="shift"),
    path("giliran/buka/", drawers_views.shift_open, name="shift_open"),
    path("giliran/kas/", drawers_views.shift_move, name="shift_move"),
    path("giliran/tutup/", drawers_views.shift_close, name="shift_close"),
    path("giliran/semua/", drawers_views.shifts, name="shifts"),
    path("giliran/<uuid:shift_id>/", drawers_views.shift_summary, name="shift_summary"),
    path(
        "giliran/<uuid:shift_id>/tutup/", drawers_views.shift_close_other, name="shift_close_other"
    ),
    path("pembayaran/", payments.payments, name="payments"),
    path("pembayaran/masuk/", payments.confirm, name="payments_confirm"),
    path("pembayaran/<uuid:payment_id>/tidak-masuk/", payments.missing, name="payment_missing"),
    path("pembayaran/cair/", settlements.settle, name="settle"),
    path("pembayaran/cair/<uuid:settlement_id>/", settlements.settlement, name="settlement"),
    path("pembayaran/cair/<uuid:settlement_id>/batal/", settlements.undo, name="settlement_undo"),
    path("bon/", credit_views.credits, name="credits"),
    path("bon/<uuid:member_id>/", credit_views.credit, name="credit"),
    path("bon/<uuid:member_id>/batas/", credit_views.terms, name="credit_terms"),
    path("bon/<uuid:member_id>/bayar/", credit_views.pay, name="credit_pay"),
    path("bon/kuitansi/<uuid:payment_id>/", credit_views.receipt, name="credit_receipt"),
    path("voucher/", vouchers_views.vouchers, name="vouchers"),
    path("voucher/terbitkan/", vouchers_views.issue, name="voucher_issue"),
    path("voucher/<uuid:batch_id>/", vouchers_views.batch, name="voucher_batch"),
    path("voucher/<uuid:batch_id>/lembar/", vouchers_views.sheets, name="voucher_sheets"),
    path("voucher/<uuid:batch_id>/akhiri/", vouchers_views.end, name="voucher_end"),
    path("voucher/<uuid:batch_id>/terima/", vouchers_views.receive, name="voucher_receive"),
    path("penjualan/<uuid:sale_id>/", receipts_views.sale, name="sale"),
    path("penjualan/<uuid:sale_id>/cetak/", receipts_views.issue, name="sale_print"),
    path("penjualan/nota/<uuid:sale_id>.escpos", receipts_views.sale_bytes, name="sale_escpos"),
    path("laporan/", reports.show, name="reports"),
]
