import pytest

from kkmp.city.cooperatives import evidence
from kkmp.city.cooperatives.evidence import EvidenceRefused
from tests.city.conftest import PDF

JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 50 + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 50 + b"\x00\x00\x00\x00IEND\xaeB`\x82"


@pytest.mark.parametrize(
    ("content", "ending"), [(PDF, ".pdf"), (JPEG, ".jpg"), (PNG, ".png")], ids=["pdf", "jpg", "png"]
)
def test_a_document_gets_a_name_that_tells_only_its_kind(deed, content, ending):
    kept = evidence.checked(deed(content, "Akta Ibu Sari 3374.exe"))
    assert kept.name.endswith(ending)
    assert "Sari" not in kept.name
    assert kept.read() == content


@pytest.mark.parametrize(
    "content",
    [b"<html><script>alert(1)</script></html>", b"", b"%PDF-1.7 cut off", b"PK\x03\x04 %%EOF"],
    ids=["html", "empty", "cut off", "zip"],
)
def test_anything_else_is_refused_whatever_its_name(deed, content):
    with pytest.raises(EvidenceRefused) as refused:
        evidence.checked(deed(content, "akta.pdf"))
    assert "document" in refused.value.fields


def test_more_than_five_megabytes_is_refused(deed):
    with pytest.raises(EvidenceRefused, match="5 MB"):
        evidence.checked(deed(PDF + b"\x00" * evidence.MAX_BYTES))
