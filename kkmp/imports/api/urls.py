from django.urls import path

from kkmp.imports.api import views

urlpatterns = [
    path("imports/", views.Imports.as_view(), name="api-imports"),
    path("imports/<uuid:batch_id>/", views.ImportDetail.as_view(), name="api-import"),
    path("imports/<uuid:batch_id>/run/", views.ImportRun.as_view(), name="api-import-run"),
    path("imports/<uuid:batch_id>/undo/", views.ImportUndo.as_view(), name="api-import-undo"),
]
