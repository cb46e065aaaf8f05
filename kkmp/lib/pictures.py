"""Pictures that people hand in: read piece by piece, and kept without what a camera adds.

A photo of a telephone says where it was taken, when, and with whose. Nothing is drawn here, so that
a small file of a billion dots costs nothing: pieces are told by their names, those that draw the
picture are kept, all others go, and whatever stands behind its end. How it was held stays, or it
would lie on its side.
"""

import re
import zlib
from collections.abc import Iterator

#: More dots than this no telephone here takes, and no page shows.
MOST_DOTS = 40_000_000
MOST_ALONG_A_SIDE = 16_000

_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
#: The next piece of a JPEG after a scan: marks within the scan are no pieces.
_NEXT_PIECE = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _END, _COMMENT = 0xDA, 0xD9, 0xFE
_ICC, _ADOBE, _JFIF = b"ICC_PROFILE\0", b"Adobe", b"JFIF\0"
_DRAWING = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND"),
    *(b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs", b"bKGD"),
}
_WEBP_DRAWING = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"}
_WEBP_MOVES, _WEBP_EXIF_AND_XMP = 0x02, 0x0C


class NotAPicture(ValueError):
    """It is neither JPEG, PNG nor WebP, or it ends before its end."""


class TooManyDots(ValueError):
    """It is larger than anything that is shown here, whatever the file's size."""


def bare(content: bytes) -> tuple[str, bytes]:
    """A picture's kind (``jpg``, ``png``, ``webp``), and itself without what it tells besides.

    :raises NotAPicture: its content is none, whatever it is called
    :raises TooManyDots: see there
    """
    try:
        if content.startswith(_JPEG):
            return "jpg", _jpeg(content)
        if content.startswith(_PNG):
            return "png", _png(content)
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return "webp", _webp(content)
    except (IndexError, KeyError) as error:
        raise NotAPicture from error
    raise NotAPicture


def _judge(width: int, height: int) -> None:
    if not width or not height:
        raise NotAPicture
    if width * height > MOST_DOTS or max(width, height) > MOST_ALONG_A_SIDE:
        raise TooManyDots


# --- JPEG -------------------------------------------------------------------------------------


def _jpeg(content: bytes) -> bytes:
    pieces, held, is_drawn, is_sized = [b"\xff\xd8"], b"", False, False
    for marker, piece in _jpeg_pieces(content):
        if marker in _FRAMES:
            _judge(int.from_bytes(piece[7:9], "big"), int.from_bytes(piece[5:7], "big"))
            is_sized = True
        is_drawn |= marker == _SCAN
        held = held or _as_held(piece)
        pieces.append(_kept_piece(marker, piece))
    if not (is_drawn and is_sized):
        raise NotAPicture
    at = 2 if pieces[1:] and pieces[1][4:9] == _JFIF else 1
    return b"".join([*pieces[:at], held, *pieces[at:]])


def _jpeg_pieces(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each with its marker, a scan with all that it draws; up to the picture's end."""
    at = 2
    while True:
        while content[at] == 0xFF and content[at + 1] == 0xFF:
            at += 1
        marker = content[at + 1]
        if content[at] != 0xFF or marker == 0:
            raise NotAPicture
        if marker == _END:
            yield marker, b"\xff\xd9"
            return
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if end < at + 4 or end > len(content):
            raise NotAPicture
        if marker == _SCAN:
            found = _NEXT_PIECE.search(content, end)
            if found is None:
                raise NotAPicture
            end = found.start()
        yield marker, content[at:end]
        at = end


def _kept_piece(marker: int, piece: bytes) -> bytes:
    """The piece, or nothing of it where it draws nothing; a small picture within goes, too."""
    body = piece[4:]
    if marker == 0xE0:
        is_whole = body.startswith(_JFIF) and len(body) >= 14
        return b"\xff\xe0\x00\x10" + body[:12] + b"\0\0" if is_whole else b""
    if 0xE0 <= marker <= 0xEF:
        is_of_colours = (marker, True) in (
            (0xE2, body.startswith(_ICC)),
            (0xEE, body.startswith(_ADOBE)),
        )
        return piece if is_of_colours else b""
    return b"" if marker == _COMMENT else piece


def _as_held(piece: bytes) -> bytes:
    """A piece that says how the camera was held and nothing else; empty where it was upright."""
    if piece[1] != 0xE1 or piece[4:10] != b"Exif\0\0":
        return b""
    told = piece[10:]
    if told[:2] not in (b"II", b"MM"):
        return b""
    is_little = told[:2] == b"II"

    def number(at: int, size: int) -> int:
        return int.from_bytes(told[at : at + size], "little" if is_little else "big")

    first = number(4, 4)
    # No further than the piece goes: a file may be of a hundred thousand that promise more.
    last = min(first + 2 + 12 * min(number(first, 2), 200), len(told))
    for entry in range(first + 2, last, 12):
        if number(entry, 2) == 0x0112 and 2 <= number(entry + 8, 2) <= 8:
            value = number(entry + 8, 2).to_bytes(2, "big")
            whole = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01" + value + b"\0\0\0\0\0\0"
            return b"\xff\xe1" + (len(whole) + 8).to_bytes(2, "big") + b"Exif\0\0" + whole
    return b""


# --- PNG and WebP -----------------------------------------------------------------------------


def _png(content: bytes) -> bytes:
    pieces, at = [_PNG], len(_PNG)
    names: list[bytes] = []
    while not names or names[-1] != b"IEND":
        length = int.from_bytes(content[at : at + 4], "big")
        name, end = content[at + 4 : at + 8], at + 12 + length
        checked = int.from_bytes(content[end - 4 : end], "big")
        if end > len(content) or zlib.crc32(content[at + 4 : end - 4]) != checked:
            raise NotAPicture
        if not names:
            if name != b"IHDR" or length != 13:
                raise NotAPicture
            _judge(*(int.from_bytes(content[at + i : at + i + 4], "big") for i in (8, 12)))
        names.append(name)
        if name in _DRAWING:
            pieces.append(content[at:end])
        at = end
    if b"IDAT" not in names:
        raise NotAPicture
    return b"".join(pieces)


def _webp(content: bytes) -> bytes:
    end = 8 + int.from_bytes(content[4:8], "little")
    if end > len(content):
        raise NotAPicture
    pieces: list[bytes] = []
    names: list[bytes] = []
    at = 12
    while at + 8 <= end:
        name, length = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        body = content[at + 8 : at + 8 + length]
        if len(body) != length or at + 8 + length > end:
            raise NotAPicture
        if name in _WEBP_DRAWING:
            _judge_webp(name, body)
            if name == b"VP8X":
                body = bytes([body[0] & ~_WEBP_EXIF_AND_XMP]) + body[1:]
            names.append(name)
            pieces.append(name + length.to_bytes(4, "little") + body + b"\0" * (length % 2))
        at += 8 + length + length % 2
    if not {b"VP8 ", b"VP8L"} & set(names):
        raise NotAPicture
    drawn = b"WEBP" + b"".join(pieces)
    return b"RIFF" + len(drawn).to_bytes(4, "little") + drawn


def _judge_webp(name: bytes, body: bytes) -> None:
    def number(at: int, size: int) -> int:
        return int.from_bytes(body[at : at + size], "little")

    if name == b"VP8X":
        if len(body) < 10 or body[0] & _WEBP_MOVES:
            raise NotAPicture
        _judge(number(4, 3) + 1, number(7, 3) + 1)
    elif name == b"VP8 ":
        if body[3:6] != b"\x9d\x01\x2a":
            raise NotAPicture
        _judge(number(6, 2) & 0x3FFF, number(8, 2) & 0x3FFF)
    elif name == b"VP8L":
        if body[0] != 0x2F:
            raise NotAPicture
        _judge((number(1, 4) & 0x3FFF) + 1, (number(1, 4) >> 14 & 0x3FFF) + 1)
