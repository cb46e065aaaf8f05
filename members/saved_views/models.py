"""Views that people keep: a name for what stands in a page's address."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.registry.tenancy import TenantModel, tenant_constraints


class ViewPage(models.TextChoices):
    """The pages whose views can be kept."""

    REGISTER = "register", _("Register")
    FIGURES = "figures", _("Figures")


class SavedView(TenantModel):
    """A filter that somebody comes back to, or that everybody in the cooperative may use."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", verbose_name=_("owner")
    )
    page = models.CharField(_("page"), max_length=8, choices=ViewPage)
    name = models.CharField(_("name"), max_length=40)
    #: What stands behind the ``?``, as :func:`kkmp.exports.words.plain` writes it.
    query = models.CharField(max_length=1000, blank=True)
    is_shared = models.BooleanField(_("for everybody here"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            *tenant_constraints(),
            models.UniqueConstraint(
                fields=["cooperative", "owner", "page", "name"], name="members_view_name"
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "page", "name"], name="members_view_page"),
        ]

    def __str__(self) -> str:
        return self.name
