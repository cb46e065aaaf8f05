"""Photos of goods: what may be kept, told by its content and not by its name."""

from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _

from kkmp.lib.errors import DomainError
from kkmp.lib.ids import new_id
from kkmp.lib.kept_files import content_of
from kkmp.lib.response_headers import of_nobody
from shops.goods.models import Product

MAX_BYTES = 2 * 1024 * 1024
_MEDIA_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
_JPEG = (b"\xff\xd8\xff", b"\xff\xd9")
_PNG = (b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82")


class PhotoRefused(DomainError):
    """The file is no photo that can be kept; the message is fit to show."""


def checked(upload: UploadedFile[bytes]) -> UploadedFile[bytes]:
    """Return the upload under a name of our own, which tells its kind and nothing else.

    :raises PhotoRefused: larger than 2 MB, or neither JPEG, PNG nor WebP by its content
    """
    if (upload.size or 0) > MAX_BYTES:
        raise PhotoRefused(_("The photo is larger than 2 MB. Take it smaller."), field="photo")
    upload.seek(0)
    kind = _kind(upload.read())
    upload.seek(0)
    if kind is None:
        raise PhotoRefused(_("Choose a photo: JPEG, PNG or WebP."), field="photo")
    upload.name = f"{new_id()}.{kind}"
    return upload


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


def _kind(content: bytes) -> str | None:
    for kind, (first, last) in (("jpg", _JPEG), ("png", _PNG)):
        if content.startswith(first) and last in content[-1024:]:
            return kind
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    length = int.from_bytes(content[4:8], "little") + 8 if is_webp else 0
    return "webp" if is_webp and 16 < length <= len(content) else None
