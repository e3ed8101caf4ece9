"""Pictures inside a text, as data: URLs: kept if they are small enough to be shown.

They are taken out before a text is measured and rendered, and put back afterwards.
"""

from __future__ import annotations

import base64
import binascii
import re
import struct

__all__ = ["bearable", "with_pictures_put_back", "without_pictures"]

MOST_PICTURES = 20
MOST_BYTES = 3_000_000  # all of one text together, as text
MOST_PIXELS = 25_000_000  # a few bytes can announce a picture that fills a browser's memory
URL = re.compile(r"data:image/(png|jpeg);base64,([A-Za-z0-9+/]{40,}={0,2})")
STANDS_FOR = "data:image/{kind};base64,PICTURE{number:05d}="
MARK = re.compile(r"data:image/(?:png|jpeg);base64,PICTURE(\d{5})=")
PNG_BEGINS = b"\x89PNG\r\n\x1a\n"
JPEG_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def without_pictures(text: str) -> tuple[str, list[str]]:
    """The text with a short mark for each picture, and the pictures that may be shown."""
    pictures: list[str] = []
    room = MOST_BYTES

    def mark(found: re.Match[str]) -> str:
        nonlocal room
        whole, kind = found[0], found[1]
        room -= len(whole)
        fits = room >= 0 and len(pictures) < MOST_PICTURES and bearable(found[2])
        if fits:
            pictures.append(whole)
        return STANDS_FOR.format(kind=kind, number=len(pictures) - 1 if fits else 99_999)

    return URL.sub(mark, text), pictures


def with_pictures_put_back(text: str, pictures: list[str]) -> str:
    """Each mark replaced by its picture; a mark without one stays, and shows its description."""

    def put(found: re.Match[str]) -> str:
        number = int(found[1])
        return pictures[number] if number < len(pictures) else found[0]

    return MARK.sub(put, text)


def bearable(letters: str) -> bool:
    """Whether base64 spells a PNG or JPEG that says it has a bearable number of pixels."""
    try:
        data = base64.b64decode(letters, validate=True)
    except (binascii.Error, ValueError):
        return False
    size = _size(data)
    return size is not None and 0 < size[0] * size[1] <= MOST_PIXELS


def _size(data: bytes) -> tuple[int, int] | None:
    try:
        if data.startswith(PNG_BEGINS) and data[12:16] == b"IHDR":
            width, height = struct.unpack_from(">II", data, 16)
            return width, height
        return _size_of_jpeg(data) if data.startswith(b"\xff\xd8") else None
    except (struct.error, IndexError):
        return None


def _size_of_jpeg(data: bytes) -> tuple[int, int] | None:
    at = 2
    while data[at] == 0xFF:
        kind, length = data[at + 1], struct.unpack_from(">H", data, at + 2)[0]
        if kind in JPEG_SIZES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 + length
    return None
