"""Who somebody is: what the register and an application to join both hold of a person."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.lib.seal import keyed_hash, unseal


class Sex(models.TextChoices):
    FEMALE = "F", _("Woman")
    MALE = "M", _("Man")


class Person(models.Model):
    """A person's particulars. Nothing else is collected (UU 27/2022: only what is needed).

    The identity number (NIK) is kept sealed and as a keyed hash, and nowhere in the clear.
    """

    if TYPE_CHECKING:
        #: Each of both is a row of one cooperative.
        cooperative_id: UUID

    name = models.CharField(_("name"), max_length=120)
    nik_sealed = models.BinaryField(null=True)
    nik_hash = models.BinaryField(null=True)
    birth_place = models.CharField(_("place of birth"), max_length=60, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    rt = models.CharField(_("RT"), max_length=3, blank=True)
    rw = models.CharField(_("RW"), max_length=3, blank=True)
    phone = models.CharField(_("phone"), max_length=16, blank=True)
    occupation = models.CharField(_("occupation"), max_length=60, blank=True)
    is_civil_servant = models.BooleanField(_("civil servant (ASN)"), default=False)
    agency = models.CharField(_("agency (OPD)"), max_length=120, blank=True)

    class Meta:
        abstract = True

    @property
    def has_nik(self) -> bool:
        """Whether the identity number is on record, which is all that is shown of it."""
        return self.nik_sealed is not None

    @property
    def nik_hash_bytes(self) -> bytes | None:
        """The hash as bytes, whether it was just made or has come from the database."""
        return None if self.nik_hash is None else bytes(self.nik_hash)

    @property
    def addressed(self) -> str:
        """``Ibu Wulan``, or ``Bapak/Ibu`` where the sex is not known; in Indonesian."""
        title = {str(Sex.FEMALE): "Ibu", str(Sex.MALE): "Bapak"}.get(self.sex)
        return f"{title or 'Bapak/Ibu'} {self.name}"

    def unsealed_nik(self) -> str:
        """The identity number in the clear. Ask for it only in an audited act."""
        return unseal(bytes(self.nik_sealed)) if self.nik_sealed else ""


def nik_sign(person: Person) -> str:
    """What a page carries to notice that the number was changed meanwhile; tells nothing of it."""
    digest = person.nik_hash_bytes
    return keyed_hash("nik.seen", str(person.pk), digest.hex()).hex()[:16] if digest else ""


def nik_hash(cooperative_id: object, digits: str) -> bytes:
    """The keyed hash of an identity number, different in every cooperative."""
    return keyed_hash("nik", str(cooperative_id), digits)
