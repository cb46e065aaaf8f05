"""Photos of goods: told by their content, kept under a name of ours, shown to those who may."""

import io
import sys
import zlib
from itertools import count

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from PIL import Image

from kkmp.access.models import AuditEvent
from kkmp.lib import pictures
from kkmp.registry import scope
from shops.goods import photos
from shops.models import Product
from tests.photos import SECRET, photo

JPEG, PNG, WEBP = (pictures.bare(photo(kind))[1] for kind in ("JPEG", "PNG", "WEBP"))


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with override("en"):
        yield


def file(content=JPEG, name="../../gula.exe"):
    return SimpleUploadedFile(name, content)


def address(shop, name="product_photo_change"):
    return reverse(f"shops:{name}", args=[shop.cooperative.code, shop.gula.id])


@pytest.fixture
def budis(client_of, budi):
    client = client_of(budi)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def kept(shop):
    with scope.cooperative(shop.cooperative.pk):
        return Product.objects.of(shop.cooperative).get(id=shop.gula.id)


@pytest.mark.parametrize(("content", "kind"), [(JPEG, "jpg"), (PNG, "png"), (WEBP, "webp")])
def test_a_photo_is_told_by_its_content(content, kind):
    checked = photos.checked(file(content))
    assert checked.name.endswith(f".{kind}")
    assert "gula" not in checked.name
    assert checked.read() == content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nobody_reads_in_a_photo_where_and_by_whom_it_was_taken(kind, shop, budis, client_of, sari):
    sent = photo(kind, is_turned=True)
    assert SECRET.encode() in sent
    assert (
        budis.post(address(shop), {"photo": file(sent + b"<?php " + SECRET.encode())}).status_code
        == 302
    )
    shown = client_of(sari).get(address(shop, "product_photo")).content
    assert SECRET.encode() not in shown
    drawn, told = Image.open(io.BytesIO(shown)), Image.open(io.BytesIO(sent))
    assert drawn.size == told.size
    assert drawn.convert("RGB").tobytes() == told.convert("RGB").tobytes()
    assert set(drawn.getexif()) <= {0x0112}
    # A telephone that was held upright is not shown on its side.
    assert drawn.getexif().get(0x0112) == (6 if kind == "JPEG" else None)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_small_file_of_a_billion_dots_is_refused(kind):
    content = photo(kind)
    huge = {
        "JPEG": content.replace(b"\x00\x14\x00\x28", b"\xff\xff\xff\xff"),
        "PNG": _png_of(65_000, 65_000, content),
        "WEBP": content.replace(b"\x28\x00\x14\x00", b"\xff\x3f\xff\x3f").replace(
            b"\x27\x00\x00\x13\x00\x00", b"\xff\xff\xff\xff\xff\xff"
        ),
    }[kind]
    assert huge != content
    with pytest.raises(photos.PhotoRefused, match="too many dots"):
        photos.checked(file(huge))


def test_a_file_of_many_small_promises_costs_no_more_than_its_length():
    """Each piece promises two hundred facts and holds none: 5 MB of them took ten seconds."""
    exif = b"Exif\0\0" + b"II*\0" + (8).to_bytes(4, "little") + (200).to_bytes(2, "little")
    piece = b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif
    content = JPEG[:2] + piece * 5_000 + JPEG[2:]
    calls = count()
    sys.setprofile(lambda _frame, event, _arg: next(calls) if event == "call" else None)
    try:
        assert pictures.bare(content) == ("jpg", JPEG)
    finally:
        sys.setprofile(None)
    assert next(calls) < len(content)


def _png_of(width, height, content):
    head = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + content[24:29]
    return content[:12] + head + zlib.crc32(head).to_bytes(4, "big") + content[33:]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ",
        JPEG[:-2],
        PNG[:-4],
        b"RIFF\xff\xff\x00\x00WEBP",
        b"<svg onload='x'></svg>",
        b"RIFF",
    ],
)
def test_anything_else_is_refused(content):
    with pytest.raises(photos.PhotoRefused, match="JPEG, PNG or WebP"):
        photos.checked(file(content))


def test_a_large_one_is_refused():
    with pytest.raises(photos.PhotoRefused, match="larger than 2 MB"):
        photos.checked(file(JPEG + b"\0" * photos.MAX_BYTES))


def test_a_photo_is_kept_shown_changed_and_taken_away(budis, shop, tmp_path, client_of, sari):
    assert budis.get(address(shop)).status_code == 200
    assert budis.post(address(shop), {"photo": file()}).status_code == 302
    shown = client_of(sari).get(address(shop, "product_photo"))
    assert (shown.content, shown["Content-Type"]) == (JPEG, "image/jpeg")
    assert (shown["X-Content-Type-Options"], "sandbox" in shown["Content-Security-Policy"]) == (
        "nosniff",
        True,
    )
    page = budis.get(reverse("shops:product", args=[shop.cooperative.code, shop.gula.id]))
    assert address(shop, "product_photo") in page.content.decode()
    budis.post(address(shop), {"photo": file(PNG)})
    assert kept(shop).photo.name.endswith(".png")
    budis.post(address(shop), {"remove": "on"})
    assert not kept(shop).photo
    assert budis.get(address(shop, "product_photo")).status_code == 404
    with scope.cooperative(shop.cooperative.pk):
        events = AuditEvent.objects.of(shop.cooperative).filter(action="product.photo")
        assert [event.details["has_photo"] for event in events.order_by("id")] == [
            True,
            True,
            False,
        ]


def test_nothing_chosen_and_no_photo_are_said(budis, shop):
    assert "Choose a photo first" in budis.post(address(shop), {"x": "1"}).content.decode()
    wrong = budis.post(address(shop), {"photo": file(b"MZ")})
    assert wrong.status_code == 422
    assert "JPEG, PNG or WebP" in wrong.content.decode()
    assert not kept(shop).photo


@pytest.mark.django_db(transaction=True)
def test_the_old_file_goes_when_the_new_one_is_kept(budis, shop, tmp_path):
    for content in (JPEG, PNG):
        budis.post(address(shop), {"photo": file(content)})
    assert [each.suffix for each in tmp_path.rglob("*") if each.is_file()] == [".png"]


def test_photos_of_other_cooperatives_are_not_there(client_of, joko, shop, mawar):
    other = reverse("shops:product_photo", args=[mawar.code, shop.gula.id])
    assert client_of(joko).get(other).status_code == 404
    assert client_of(joko).get(address(shop, "product_photo")).status_code == 404


def test_a_cashier_changes_no_photo(client_of, sari, shop):
    assert client_of(sari).post(address(shop), {"photo": file()}).status_code == 403


def test_a_photo_whose_file_was_lost_is_told_in_words(shop, budis):
    budis.post(address(shop), {"photo": file()})
    photo = kept(shop).photo
    photo.storage.delete(photo.name)
    answer = budis.get(address(shop, "product_photo"))
    assert answer.status_code == 404
    assert "The file is not there any more." in answer.content.decode()
