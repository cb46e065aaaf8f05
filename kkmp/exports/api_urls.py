from django.urls import path

from kkmp.exports import api

urlpatterns = [
    path("exports/", api.Exports.as_view(), name="api-exports"),
    path("exports/<uuid:export_id>/", api.ExportDetail.as_view(), name="api-export"),
    path("exports/<uuid:export_id>/file/", api.ExportFile.as_view(), name="api-export-file"),
]
