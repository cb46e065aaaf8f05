from django.urls import path

from kkmp.exports.api import views

urlpatterns = [
    path("exports/", views.Exports.as_view(), name="api-exports"),
    path("exports/<uuid:export_id>/", views.ExportDetail.as_view(), name="api-export"),
    path("exports/<uuid:export_id>/file/", views.ExportFile.as_view(), name="api-export-file"),
]
