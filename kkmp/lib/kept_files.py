"""What is in files that people handed in; in words where one is gone."""

from django.db.models.fields.files import FieldFile
from django.http import Http404
from django.utils.translation import gettext as _


class FileIsGone(Http404):
    """The row is there and its file is not; the message is fit to show."""


def content_of(kept: FieldFile) -> bytes:
    """What is in a kept file.

    :raises FileIsGone: it was lost, or never came with a copy that was restored
    """
    try:
        with kept.open("rb") as file:
            content: bytes = file.read()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise FileIsGone(
            _("The file is not there any more. Tell the administrator, who may have a copy.")
        ) from error
    return content
