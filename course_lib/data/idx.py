"""Reading IDX, the format of MNIST: a magic number, the lengths of the axes, then plain bytes."""

from __future__ import annotations

import gzip
import math
import struct
import zlib
from pathlib import Path

import numpy as np

from course_lib.arrays import Array
from course_lib.data.errors import DamagedData

UNSIGNED_BYTES = 8


def read_idx(path: Path | str, n_axes: int) -> Array:
    """The array in an IDX file of unsigned bytes, shape as written there, dtype uint8.

    path: the file, packed by gzip or not; n_axes: 3 for images, 1 for labels.
    Raises DamagedData for another magic number, for too few or too many bytes, and for gzip that
    cannot be unpacked. Source: Y. LeCun, http://yann.lecun.com/exdb/mnist.
    """
    content = _unpacked(Path(path))
    magic, expected = content[:4], bytes([0, 0, UNSIGNED_BYTES, n_axes])
    if magic != expected:
        raise DamagedData(
            f"{path} starts with {magic.hex(' ')}; expected the magic number {expected.hex(' ')} "
            f"of unsigned bytes with {n_axes} {'axis' if n_axes == 1 else 'axes'}. "
            "Are images and labels exchanged, or is it another format?"
        )
    start = 4 + 4 * n_axes
    if len(content) < start:
        raise DamagedData(
            f"{path} is truncated: it has {len(content)} bytes, and its header alone {start}."
        )
    shape = struct.unpack(f">{n_axes}I", content[4:start])
    wanted = start + math.prod(shape)
    if len(content) != wanted:
        what = "is truncated" if len(content) < wanted else "goes on after its end"
        raise DamagedData(
            f"{path} {what}: shape {shape} takes {wanted} bytes; got {len(content)}. "
            "Delete it and get it again."
        )
    return np.frombuffer(content, np.uint8, offset=start).reshape(shape)


def expect_labels(path: Path | str, labels: Array, n_samples: int, n_classes: int) -> None:
    """Raise DamagedData unless labels are n_samples whole numbers from 0 to n_classes - 1."""
    if labels.shape != (n_samples,):
        raise DamagedData(
            f"{path} holds {labels.size} labels for {n_samples} images. Do they belong together?"
        )
    wrong = np.flatnonzero(labels >= n_classes)
    if wrong.size:
        raise DamagedData(
            f"{path} holds the label {labels[wrong[0]]} at position {wrong[0]}; "
            f"expected 0 to {n_classes - 1}."
        )


def _unpacked(path: Path) -> bytes:
    content = path.read_bytes()
    if content[:2] != b"\x1f\x8b":
        return content
    try:
        return gzip.decompress(content)
    except (EOFError, OSError, zlib.error) as error:
        raise DamagedData(
            f"{path} cannot be unpacked ({error}): it is truncated or damaged. "
            "Delete it and get it again."
        ) from None
