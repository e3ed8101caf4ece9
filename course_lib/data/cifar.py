"""Reading CIFAR-10: the binary version, or an npz with a part of it. Never a pickle."""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from pathlib import Path

import numpy as np

from course_lib.arrays import Array
from course_lib.data.errors import DamagedData
from course_lib.data.idx import expect_labels

SIDE, CHANNELS, N_CLASSES = 32, 3, 10
RECORD = 1 + CHANNELS * SIDE * SIDE
TRAIN = tuple(f"data_batch_{number}.bin" for number in range(1, 6))
TEST = ("test_batch.bin",)
Parts = tuple[Array, Array, Array, Array]


def read_cifar10_binary(path: Path | str) -> Parts:
    """(x_train, y_train, x_test, y_test) out of cifar-10-binary.tar.gz, read without unpacking.

    Images (N, 3, 32, 32) and labels (N,) in uint8. Each record is one byte of label, then the red,
    the green and the blue plane. Raises DamagedData for an archive that cannot be read, lacks a
    batch, is the Python version (which is made of pickles), or holds a label above 9.
    """
    wanted = {*TRAIN, *TEST}
    batches: dict[str, bytes] = {}
    try:
        with tarfile.open(path, "r:gz") as archive:
            names = archive.getnames()
            for member in archive.getmembers():
                name = member.name.rpartition("/")[2]
                content = archive.extractfile(member) if name in wanted else None
                if content is not None:
                    batches[name] = content.read()
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        raise DamagedData(
            f"{path} cannot be unpacked ({error}): it is truncated or damaged. "
            "Delete it and get it again."
        ) from None
    if any(name.endswith("/data_batch_1") for name in names):
        raise DamagedData(
            f"{path} is the Python version of CIFAR-10, whose batches are pickles; unpickling runs "
            "whatever a file says, so the course never does. Take cifar-10-binary.tar.gz."
        )
    missing = sorted(wanted - set(batches))
    if missing:
        raise DamagedData(f"{path} lacks {', '.join(missing)}. Delete it and get it again.")
    x_train, y_train = _records(path, b"".join(batches[name] for name in TRAIN))
    x_test, y_test = _records(path, b"".join(batches[name] for name in TEST))
    return x_train, y_train, x_test, y_test


def read_cifar10_npz(path: Path | str) -> Parts:
    """(x_train, y_train, x_test, y_test) out of an npz with those keys, images (N, 32, 32, 3).

    Returns images (N, 3, 32, 32) and labels (N,) in uint8. Raises DamagedData for pickled or
    missing arrays, other shapes or dtypes, and labels above 9.
    """
    keys = ("x_train", "y_train", "x_test", "y_test")
    try:
        with np.load(path, allow_pickle=False) as file:
            found = {key: np.asarray(file[key]) for key in keys}
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise DamagedData(
            f"{path} is not an npz with plain arrays {', '.join(keys)} ({error})."
        ) from None
    parts = []
    for part in ("train", "test"):
        x, y = found[f"x_{part}"], found[f"y_{part}"]
        if x.shape[1:] != (SIDE, SIDE, CHANNELS) or x.dtype != np.uint8 or y.dtype != np.uint8:
            raise DamagedData(
                f"{path}: x_{part} is {x.dtype} of shape {x.shape}, y_{part} is {y.dtype}; "
                f"expected uint8 of shape (N, {SIDE}, {SIDE}, {CHANNELS}) and uint8."
            )
        expect_labels(path, y, len(x), N_CLASSES)
        parts += [np.ascontiguousarray(x.transpose(0, 3, 1, 2)), y]
    return parts[0], parts[1], parts[2], parts[3]


def _records(path: Path | str, content: bytes) -> tuple[Array, Array]:
    if not content or len(content) % RECORD:
        raise DamagedData(
            f"{path} holds a batch of {len(content)} bytes; expected whole records of {RECORD}."
        )
    table = np.frombuffer(content, np.uint8).reshape(-1, RECORD)
    images, labels = table[:, 1:].reshape(-1, CHANNELS, SIDE, SIDE), table[:, 0].copy()
    expect_labels(path, labels, len(images), N_CLASSES)
    return images.copy(), labels
