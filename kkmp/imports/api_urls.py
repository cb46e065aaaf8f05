from django.urls import path

from kkmp.imports import api

urlpatterns = [
    path("imports/", api.Imports.as_view(), name="api-imports"),
    path("imports/<uuid:batch_id>/", api.ImportDetail.as_view(), name="api-import"),
    path(
        "imports/<uuid:batch_id>/columns/", api.ImportColumns.as_view(), name="api-import-columns"
    ),
    path("imports/<uuid:batch_id>/run/", api.ImportRun.as_view(), name="api-import-run"),
    path("imports/<uuid:batch_id>/undo/", api.ImportUndo.as_view(), name="api-import-undo"),
]
