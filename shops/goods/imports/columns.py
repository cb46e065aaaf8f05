"""What a list of goods may tell, and what its columns are called."""

from django.utils.translation import gettext_lazy as _

from kkmp.imports.rows import Column

COLUMNS = (
    Column(
        name="code",
        label=_("Code or barcode"),
        synonyms=(
            "kode barcode",
            "barcode",
            "kode barang",
            "kode",
            "kode produk",
            "plu",
            "sku",
            "ean",
        ),
    ),
    Column(
        name="name",
        label=_("Name of the product"),
        synonyms=("nama barang", "nama produk", "barang", "produk", "nama", "product", "name"),
        is_required=True,
    ),
    Column(
        name="category",
        label=_("Category"),
        synonyms=("kategori", "kelompok", "jenis barang", "jenis", "golongan", "category"),
    ),
    Column(
        name="unit",
        label=_("Unit of business"),
        synonyms=("unit usaha", "unit", "gerai", "toko"),
    ),
    Column(
        name="measure",
        label=_("Sold per"),
        synonyms=("satuan", "sat", "kemasan", "uom"),
    ),
    Column(
        name="cost",
        label=_("Buying price"),
        synonyms=("harga beli", "hrg beli", "harga pokok", "hpp", "modal", "harga modal", "cost"),
    ),
    Column(
        name="member_price",
        label=_("Member price"),
        synonyms=("harga anggota", "hrg anggota", "harga jual anggota", "member price"),
    ),
    Column(
        name="general_price",
        label=_("General price"),
        synonyms=(
            "harga umum",
            "hrg umum",
            "harga jual umum",
            "harga jual",
            "hrg jual",
            "harga non anggota",
            "harga",
            "price",
        ),
        is_required=True,
    ),
    Column(
        name="wholesale_price",
        label=_("Wholesale price"),
        synonyms=("harga grosir", "hrg grosir", "grosir", "harga kulakan", "wholesale price"),
    ),
    Column(
        name="pack_size",
        label=_("In a carton"),
        synonyms=("isi per dus", "isi dus", "isi", "isi per karton", "isi karton", "isi kemasan"),
    ),
    Column(
        name="opening",
        label=_("Opening stock"),
        synonyms=("stok awal", "stok", "stock", "stock awal", "jumlah stok", "sisa stok", "qty"),
    ),
    Column(
        name="stock_min",
        label=_("Minimum stock"),
        synonyms=("stok min", "stok minimum", "stok minimal", "stock min", "min stok"),
    ),
    Column(
        name="expires_on",
        label=_("Best before"),
        synonyms=(
            "kadaluarsa",
            "kedaluwarsa",
            "kadaluwarsa",
            "tgl kadaluarsa",
            "tgl kedaluwarsa",
            "expired",
            "exp",
            "exp date",
            "ed",
            "best before",
        ),
    ),
)
