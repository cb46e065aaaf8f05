"""Photos of goods: what may be kept, told by its content and not by its name."""

from pathlib import PurePath

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _

from kkmp.lib import pictures
from kkmp.lib.errors import DomainError
from kkmp.lib.ids import new_id
from kkmp.lib.kept_files import content_of
from kkmp.lib.response_headers import of_nobody
from shops.goods.models import Product

MAX_BYTES = 2 * 1024 * 1024
_MEDIA_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


class PhotoRefused(DomainError):
    """The file is no photo that can be kept; the message is fit to show."""


def checked(upload: UploadedFile[bytes]) -> UploadedFile[bytes]:
    """The photo under a name of our own, without what the camera had written into it.

    :raises PhotoRefused: larger than 2 MB, of too many dots, or neither JPEG, PNG nor WebP by its
        content
    """
    if (upload.size or 0) > MAX_BYTES:
        raise PhotoRefused(_("The photo is larger than 2 MB. Take it smaller."), field="photo")
    upload.seek(0)
    try:
        kind, content = pictures.bare(upload.read())
    except pictures.TooManyDots as error:
        raise PhotoRefused(
            _("The photo has too many dots. Take it smaller."), field="photo"
        ) from error
    except pictures.NotAPicture as error:
        raise PhotoRefused(_("Choose a photo: JPEG, PNG or WebP."), field="photo") from error
    return SimpleUploadedFile(f"{new_id()}.{kind}", content, _MEDIA_TYPES[kind])


def shown(product: Product) -> HttpResponse:
    """A product's photo, as an image that a page of ours shows."""
    kind = PurePath(str(product.photo.name)).suffix.lstrip(".")
    response = HttpResponse(
        content_of(product.photo),
        content_type=_MEDIA_TYPES[kind],
        headers={
            "Content-Disposition": "inline",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, max-age=86400",
            "X-Content-Type-Options": "nosniff",
        },
    )
    return of_nobody(response)
