from django.db import models
from django.utils.translation import gettext_lazy as _


class Regency(models.Model):
    """A kota or kabupaten, with its own target of operating cooperatives."""

    code = models.CharField(_("code"), max_length=5, primary_key=True)
    name = models.CharField(_("name"), max_length=80)
    province = models.CharField(_("province"), max_length=80)
    target = models.PositiveIntegerField(_("target of operating cooperatives"))

    class Meta:
        verbose_name = _("regency")
        verbose_name_plural = _("regencies")

    def __str__(self) -> str:
        return self.name


class Kecamatan(models.Model):
    code = models.CharField(_("code"), max_length=8, primary_key=True)
    regency = models.ForeignKey(Regency, models.RESTRICT, related_name="kecamatan")
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("kecamatan")
        verbose_name_plural = _("kecamatan")

    def __str__(self) -> str:
        return self.name


class Kelurahan(models.Model):
    """A kelurahan. Names repeat within a city: the code is the key.

    ``tile_column`` and ``tile_row`` place it in the tile map of its regency; row 0 is north.
    """

    code = models.CharField(_("code"), max_length=13, primary_key=True)
    kecamatan = models.ForeignKey(Kecamatan, models.RESTRICT, related_name="kelurahan")
    name = models.CharField(_("name"), max_length=80)
    tile_column = models.PositiveSmallIntegerField(_("tile column"))
    tile_row = models.PositiveSmallIntegerField(_("tile row"))

    class Meta:
        verbose_name = _("kelurahan")
        verbose_name_plural = _("kelurahan")

    def __str__(self) -> str:
        return self.name
