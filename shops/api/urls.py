from django.urls import path

from shops.api import batch, goods, returns, shifts, views

urlpatterns = [
    path("products/", views.Products.as_view(), name="api-products"),
    path("products/<uuid:id>/", views.ProductDetail.as_view(), name="api-product"),
    path("products/<uuid:id>/retire/", views.Retire.as_view(), name="api-product-retire"),
    path("products/<uuid:id>/restore/", views.Restore.as_view(), name="api-product-restore"),
    path("products/<uuid:id>/packs/", goods.Packs.as_view(), name="api-packs"),
    path("products/<uuid:id>/prices/", goods.Prices.as_view(), name="api-prices"),
    path("packs/<uuid:id>/", goods.OnePack.as_view(), name="api-pack"),
    path("packs/<uuid:id>/retire/", goods.RetirePack.as_view(), name="api-pack-retire"),
    path("packs/<uuid:id>/restore/", goods.RestorePack.as_view(), name="api-pack-restore"),
    path("prices/<uuid:id>/end/", goods.EndPrice.as_view(), name="api-price-end"),
    path("goods-rules/", goods.Rules.as_view(), name="api-goods-rules"),
    path("goods-rules/<uuid:id>/end/", goods.EndRule.as_view(), name="api-goods-rule-end"),
    path("till-settings/", goods.Settings.as_view(), name="api-till-settings"),
    path("sales/", views.Sales.as_view(), name="api-sales"),
    path("sales/batch/", batch.Batch.as_view(), name="api-sales-batch"),
    path("sales/<uuid:id>/", views.SaleDetail.as_view(), name="api-sale"),
    path("shifts/", shifts.Shifts.as_view(), name="api-shifts"),
    path("shifts/<uuid:id>/", shifts.ShiftDetail.as_view(), name="api-shift"),
    path("shifts/<uuid:id>/movements/", shifts.Movements.as_view(), name="api-shift-movements"),
    path("shifts/<uuid:id>/close/", shifts.Close.as_view(), name="api-shift-close"),
    path("returns/", returns.Returns.as_view(), name="api-returns"),
]
