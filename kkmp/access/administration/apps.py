from django.contrib.admin.apps import AdminConfig


class Administration(AdminConfig):
    """Django's admin with our site in the place of its own."""

    default_site = "kkmp.access.administration.site.Site"
