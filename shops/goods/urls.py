"""Addresses of the pages of :mod:`shops.goods`."""

from django.urls import path

from shops.goods.views import (
    categories,
    opening_stock,
    packs,
    photos,
    prices,
    products,
    rules,
    unknown_codes,
)

urlpatterns = [
    path("barang/", products.products, name="products"),
    path("barang/tambah/", products.add, name="product_add"),
    path("barang/<uuid:product_id>/", products.product, name="product"),
    path("barang/<uuid:product_id>/ubah/", products.edit, name="product_edit"),
    path("barang/<uuid:product_id>/henti/", products.retire, name="product_retire"),
    path("barang/<uuid:product_id>/jual-lagi/", products.restore, name="product_restore"),
    path("barang/<uuid:product_id>/foto/", photos.photo, name="product_photo"),
    path("barang/<uuid:product_id>/foto/ganti/", photos.change, name="product_photo_change"),
    path("barang/<uuid:product_id>/stok-awal/", opening_stock.correct, name="opening_correct"),
    path("barang/stok-awal/<uuid:journal_id>/", opening_stock.goods, name="opening_goods"),
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
    path("barang/kode-baru/", unknown_codes.codes, name="unknown_codes"),
    path("barang/kode-baru/<uuid:code_id>/abaikan/", unknown_codes.drop, name="unknown_code_drop"),
    path("kasir/kode-baru/", unknown_codes.note, name="unknown_code_note"),
]
