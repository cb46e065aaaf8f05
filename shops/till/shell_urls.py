from django.conf import settings
from django.urls import path

from shops.till import views

app_name = "till"
urlpatterns = [
    path("", views.shell, {"language": settings.LANGUAGE_CODE}, name="shell"),
    path("tempat/", views.places, name="places"),
    *(
        path(f"{code}/", views.shell, {"language": code}, name=f"shell_{code}")
        for code, _name in settings.LANGUAGES
        if code != settings.LANGUAGE_CODE
    ),
]
