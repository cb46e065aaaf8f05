"""A cooperative's stages and amounts."""

from django.core.files.uploadedfile import SimpleUploadedFile

from kkmp.access.permissions import Role
from kkmp.city.cooperatives.services import ladder
from kkmp.registry.models import CooperativeSettings, Stage, StageStep
from tests.conftest import MONDAY
from tests.guards.side import Side

WEIGHT = 44
KINDS = {"settings": (CooperativeSettings, {}), "step": (StageStep, {})}
PDF = b"%PDF-1.7\n%%EOF\n"
PLAIN = """
    address ahu_number document_number extraordinary_mandatory_idr extraordinary_principal_idr
    mandatory_idr member_target nib nomor_induk_koperasi npwp phone principal_idr
    return_tax_free_idr return_tax_percent stage why
"""


def furnish(side: Side) -> None:
    here, chair = side.cooperative, side.staff[Role.CHAIR]
    paper = SimpleUploadedFile(f"{side.word}.pdf", PDF)
    ladder.record(
        today=MONDAY, cooperative=here, stage=Stage.DEED, on=MONDAY, by=chair, document=paper
    )
