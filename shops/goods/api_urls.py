"""Addresses of the API of :mod:`shops.goods`."""

from django.urls import path

from shops.goods.api import prices, products

urlpatterns = [
    path("products/", products.Products.as_view(), name="api-products"),
    path("products/<uuid:id>/", products.ProductDetail.as_view(), name="api-product"),
    path(
        "products/<uuid:id>/opening-stock/",
        products.OpeningStock.as_view(),
        name="api-product-opening-stock",
    ),
    path("products/<uuid:id>/retire/", products.Retire.as_view(), name="api-product-retire"),
    path("products/<uuid:id>/restore/", products.Restore.as_view(), name="api-product-restore"),
    path("products/<uuid:id>/packs/", prices.Packs.as_view(), name="api-packs"),
    path("products/<uuid:id>/prices/", prices.Prices.as_view(), name="api-prices"),
    path("packs/<uuid:id>/", prices.OnePack.as_view(), name="api-pack"),
    path("packs/<uuid:id>/retire/", prices.RetirePack.as_view(), name="api-pack-retire"),
    path("packs/<uuid:id>/restore/", prices.RestorePack.as_view(), name="api-pack-restore"),
    path("prices/<uuid:id>/end/", prices.EndPrice.as_view(), name="api-price-end"),
    path("goods-rules/", prices.Rules.as_view(), name="api-goods-rules"),
    path("goods-rules/<uuid:id>/end/", prices.EndRule.as_view(), name="api-goods-rule-end"),
]
