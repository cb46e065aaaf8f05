"""Goods, and a list of them to take in."""

from shops.models import Category, GoodsRule, Pack, Price, Product, UnknownCode

KINDS = {
    "category": (Category, {}),
    "pack": (Pack, {}),
    "price": (Price, {}),
    "product": (Product, {"name__startswith": "Gula"}),
    "rule": (GoodsRule, {}),
    "unknown code": (UnknownCode, {}),
}
ADDRESSES = {("shops:unknown_code_drop", "code_id"): "unknown code"}
FILES = {
    "products": (
        ("Nama Barang", "Kategori", "Satuan", "Harga Beli", "Harga Jual", "Stok"),
        ("Kopi {word}", "Minuman", "bks", "1.000", "1.500", "10"),
    ),
}
PLAIN = """
    ceiling_idr colour contoh cost_idr factor general_price_idr income_code
    institution_price_idr is_service measure member_price_idr min_quantity most_quantity name
    pack_size period price_idr reason source stock_min tier wholesale_price_idr
"""
MADE = {
    "shops/goods/views/products.py add": "code and name of goods to add",
    "shops/goods/views/products.py products": "whether any box of a filter is filled",
}
