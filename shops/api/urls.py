from django.urls import path

from shops.api import batch, returns, shifts, views

urlpatterns = [
    path("products/", views.Products.as_view(), name="api-products"),
    path("products/<uuid:id>/", views.ProductDetail.as_view(), name="api-product"),
    path("products/<uuid:id>/retire/", views.Retire.as_view(), name="api-product-retire"),
    path("products/<uuid:id>/restore/", views.Restore.as_view(), name="api-product-restore"),
    path("sales/", views.Sales.as_view(), name="api-sales"),
    path("sales/batch/", batch.Batch.as_view(), name="api-sales-batch"),
    path("sales/<uuid:id>/", views.SaleDetail.as_view(), name="api-sale"),
    path("shifts/", shifts.Shifts.as_view(), name="api-shifts"),
    path("shifts/<uuid:id>/", shifts.ShiftDetail.as_view(), name="api-shift"),
    path("shifts/<uuid:id>/movements/", shifts.Movements.as_view(), name="api-shift-movements"),
    path("shifts/<uuid:id>/close/", shifts.Close.as_view(), name="api-shift-close"),
    path("returns/", returns.Returns.as_view(), name="api-returns"),
]
