from django.urls import path

from shops.api import reports, views

urlpatterns = [
    path("products/", views.Products.as_view(), name="api-products"),
    path("products/<uuid:id>/", views.ProductDetail.as_view(), name="api-product"),
    path("products/<uuid:id>/retire/", views.Retire.as_view(), name="api-product-retire"),
    path("products/<uuid:id>/restore/", views.Restore.as_view(), name="api-product-restore"),
    path("sales/", views.Sales.as_view(), name="api-sales"),
    path("sales/reports/", reports.SalesReport.as_view(), name="api-sales-report"),
    path("sales/<uuid:id>/", views.SaleDetail.as_view(), name="api-sale"),
    path("sales/<uuid:id>/receipt/", reports.SaleReceipt.as_view(), name="api-sale-receipt"),
]
