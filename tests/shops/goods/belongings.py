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
