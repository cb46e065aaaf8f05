import pytest

from kkmp.city.cooperatives import evidence
from kkmp.city.cooperatives.evidence import EvidenceRefused
from kkmp.lib import pictures
from tests.city.conftest import PDF
from tests.photos import SECRET, photo

JPEG, PNG = (pictures.bare(photo(kind))[1] for kind in ("JPEG", "PNG"))


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


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_of_a_document_does_not_tell_where_it_was_taken(deed, kind):
    sent = photo(kind)
    assert SECRET.encode() in sent
    assert SECRET.encode() not in evidence.checked(deed(sent, "akta.jpg")).read()
