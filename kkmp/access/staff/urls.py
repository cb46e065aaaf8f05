from django.urls import path

from kkmp.access.staff import views

app_name = "staff"
urlpatterns = [
    path("", views.people, name="list"),
    path("undang/", views.invite, name="invite"),
    path("<uuid:user_id>/", views.person, name="person"),
    path("<uuid:user_id>/tautan/", views.link, name="link"),
    path("<uuid:user_id>/peran/", views.give, name="give"),
    path("<uuid:user_id>/peran/<uuid:holding_id>/cabut/", views.take, name="take"),
    path("<uuid:user_id>/blokir/", views.block, name="block"),
    path("<uuid:user_id>/buka-blokir/", views.unblock, name="unblock"),
]
