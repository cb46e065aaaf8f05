"""Documents that prove a step: what may be uploaded, told by its content and not its name."""

from pathlib import PurePath

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _

from kkmp.lib import pictures
from kkmp.lib.errors import DomainError
from kkmp.lib.ids import new_id
from kkmp.lib.kept_files import content_of
from kkmp.registry.models import Cooperative, Stage, StageStep

MAX_BYTES = 5 * 1024 * 1024
#: How a PDF begins and what its last kilobyte holds.
_PDF = (b"%PDF-", b"%%EOF")
_MEDIA_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


class EvidenceRefused(DomainError):
    """The file is no document that can be kept; the message is fit to show."""


def checked(upload: UploadedFile[bytes]) -> UploadedFile[bytes]:
    """The document under a name of our own, a photo without what the camera had written into it.

    :raises EvidenceRefused: larger than 5 MB, a photo of too many dots, or neither PDF, JPEG nor
        PNG by its content
    """
    if (upload.size or 0) > MAX_BYTES:
        raise EvidenceRefused(_("The file is larger than 5 MB. Scan it smaller."), field="document")
    upload.seek(0)
    try:
        kind, content = _read(upload.read())
    except pictures.TooManyDots as error:
        said = _("The photo has too many dots. Take it smaller.")
        raise EvidenceRefused(said, field="document") from error
    except pictures.NotAPicture as error:
        said = _("Attach a PDF, or a photo as JPEG or PNG.")
        raise EvidenceRefused(said, field="document") from error
    return SimpleUploadedFile(f"{new_id()}.{kind}", content, _MEDIA_TYPES[kind])


def download(step: StageStep, cooperative: Cooperative) -> HttpResponse:
    """A step's document as a file to keep, never shown within our own pages."""
    kind = PurePath(str(step.document.name)).suffix.lstrip(".")
    name = f"{cooperative.code}-{Stage(step.stage).name.lower().replace('_', '-')}.{kind}"
    return HttpResponse(
        content_of(step.document),
        content_type=_MEDIA_TYPES[kind],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


def _read(content: bytes) -> tuple[str, bytes]:
    first, last = _PDF
    if content.startswith(first) and last in content[-1024:]:
        return "pdf", content
    kind, picture = pictures.bare(content)
    if kind not in _MEDIA_TYPES:
        raise pictures.NotAPicture
    return kind, picture
