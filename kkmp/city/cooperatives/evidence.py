"""Documents that prove a step: what may be uploaded, told by its content and not its name."""

from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _

from kkmp.lib.errors import DomainError
from kkmp.lib.ids import new_id
from kkmp.lib.kept_files import content_of
from kkmp.registry.models import Cooperative, Stage, StageStep

MAX_BYTES = 5 * 1024 * 1024
#: How a file of each kind begins and what its last kilobyte holds.
_KINDS = (
    ("pdf", b"%PDF-", b"%%EOF"),
    ("jpg", b"\xff\xd8\xff", b"\xff\xd9"),
    ("png", b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"),
)
_MEDIA_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


class EvidenceRefused(DomainError):
    """The file is no document that can be kept; the message is fit to show."""


def checked(upload: UploadedFile[bytes]) -> UploadedFile[bytes]:
    """Return the upload under a name of our own, which tells its kind and nothing else.

    :raises EvidenceRefused: larger than 5 MB, or neither PDF, JPEG nor PNG by its content
    """
    if (upload.size or 0) > MAX_BYTES:
        raise EvidenceRefused(_("The file is larger than 5 MB. Scan it smaller."), field="document")
    kind = _kind(upload)
    if kind is None:
        raise EvidenceRefused(_("Attach a PDF, or a photo as JPEG or PNG."), field="document")
    upload.name = f"{new_id()}.{kind}"
    return upload


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


def _kind(upload: UploadedFile[bytes]) -> str | None:
    upload.seek(0)
    beginning = upload.read(8)
    upload.seek(max(0, (upload.size or 0) - 1024))
    ending = upload.read()
    upload.seek(0)
    for kind, first, last in _KINDS:
        if beginning.startswith(first) and last in ending:
            return kind
    return None
