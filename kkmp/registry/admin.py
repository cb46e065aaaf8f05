from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kkmp.lib.administration import Page, ReadOnly
from kkmp.registry.models import Kecamatan


@admin.register(Kecamatan)
class KecamatanPage(ReadOnly, Page):
    """Laid down by a migration from the official list; the codes are the key."""

    list_display = ("code", "name", "regency")
    list_select_related = ("regency",)
    list_filter = ("regency",)
    search_fields = ("code", "name")
    search_help_text = _("Code or name")
    ordering = ("code",)
