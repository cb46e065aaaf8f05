from django.urls import path

from members.papers.views import own

app_name = "own"
urlpatterns = [path("<str:token>/", own.page, name="page")]
