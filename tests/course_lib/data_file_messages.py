"""What course_lib.data says of files: damaged, of another format, missing, full of pickles."""

from __future__ import annotations

import atexit
import gzip
import hashlib
import io
import os
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from unittest import mock

import numpy as np

from course_lib import data
from course_lib.data import DamagedData, MissingData, idx, loaders
from tests.course_lib.messages import Message

TMP = Path(mkdtemp(prefix="course-data-"))
atexit.register(shutil.rmtree, TMP, ignore_errors=True)
PLAIN = bytes([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2]) + bytes(8)


def file(name: str, content: bytes) -> Path:
    path = TMP / name
    path.write_bytes(content)
    return path


def tar(name: str, **sizes: int) -> Path:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for member, size in sizes.items():
            entry = tarfile.TarInfo(f"cifar/{member.removesuffix('_bin')}"
                                    + (".bin" if member.endswith("_bin") else ""))
            entry.size = size
            archive.addfile(entry, io.BytesIO(bytes([10]) * size))
    return file(name, packed.getvalue())


def npz(name: str, **arrays: Any) -> Path:
    usual = {"x_train": np.zeros((2, 32, 32, 3), np.uint8), "y_train": np.zeros(2, np.uint8)}
    usual |= {"x_test": usual["x_train"], "y_test": usual["y_train"]} | arrays
    np.savez(TMP / name, **{key: value for key, value in usual.items() if value is not None})
    return TMP / name


def within(named: str, call: Callable[[], Any]) -> Any:
    """`call()` with COURSE_DATA set."""
    with mock.patch.dict(os.environ, {"COURSE_DATA": named}):
        return call()


class Evil:
    """A pickle of this would run a command when it is loaded."""

    def __reduce__(self) -> Any:
        return os.mkdir, (str(TMP / "unpickled"),)


FIVE = {f"data_batch_{number}_bin": 3073 for number in range(1, 6)}
SUBSET = loaders.CIFAR10_SUBSETS[1]


def damaged_subset() -> Path:
    folder = TMP / "cifar10"
    folder.mkdir(exist_ok=True)
    (folder / SUBSET.name).write_bytes(b"no")
    return folder / SUBSET.name


IDX = [
    (
        file("labels", b"\x00\x00\x08\x01\x00\x00\x00\x01\x05"), 3,
        "{} starts with 00 00 08 01; expected the magic number 00 00 08 03 of unsigned bytes with "
        "3 axes. Are images and labels exchanged, or is it another format?",
    ),
    (
        file("page", b"<!DOCTYPE html>"), 1,
        "{} starts with 3c 21 44 4f; expected the magic number 00 00 08 01 of unsigned bytes with "
        "1 axis. Are images and labels exchanged, or is it another format?",
    ),
    (
        file("floats", b"\x00\x00\x0d" + PLAIN[3:]), 3,
        "{} starts with 00 00 0d 03; expected the magic number 00 00 08 03 of unsigned bytes with "
        "3 axes. Are images and labels exchanged, or is it another format?",
    ),
    (file("head", PLAIN[:10]), 3, "{} is truncated: it has 10 bytes, and its header alone 16."),
    (
        file("short", PLAIN[:-1]), 3,
        "{} is truncated: shape (2, 2, 2) takes 24 bytes; got 23. Delete it and get it again.",
    ),
    (
        file("long", PLAIN + b"?"), 3,
        "{} goes on after its end: shape (2, 2, 2) takes 24 bytes; got 25. Delete it and get it "
        "again.",
    ),
    (
        file("cut.gz", gzip.compress(PLAIN)[:-9]), 3,
        "{} cannot be unpacked (Compressed file ended before the end-of-stream marker was "
        "reached): it is truncated or damaged. Delete it and get it again.",
    ),
]
CUT_TAR = file("cut.tar.gz", tar("whole.tar.gz", **FIVE).read_bytes()[:60])

MESSAGES = [
    # files
    *[
        Message(lambda path=path, n=n: data.read_idx(path, n), DamagedData, text.format(path))
        for path, n, text in IDX
    ],
    Message(
        lambda: idx.expect_labels("labels.gz", np.arange(11), 11, 10), DamagedData,
        "labels.gz holds the label 10 at position 10; expected 0 to 9.",
    ),
    Message(
        lambda: idx.expect_labels("labels.gz", np.arange(5), 6, 10), DamagedData,
        "labels.gz holds 5 labels for 6 images. Do they belong together?",
    ),
    Message(
        lambda: data.read_cifar10_binary(CUT_TAR), DamagedData,
        f"{CUT_TAR} cannot be unpacked (Compressed file ended before the end-of-stream marker was "
        "reached): it is truncated or damaged. Delete it and get it again.",
    ),
    Message(
        lambda: data.read_cifar10_binary(tar("python.tar.gz", data_batch_1=9)), DamagedData,
        f"{TMP}/python.tar.gz is the Python version of CIFAR-10, whose batches are pickles; "
        "unpickling runs whatever a file says, so the course never does. "
        "Take cifar-10-binary.tar.gz.",
    ),
    Message(
        lambda: data.read_cifar10_binary(tar("four.tar.gz", data_batch_1_bin=9)), DamagedData,
        f"{TMP}/four.tar.gz lacks data_batch_2.bin, data_batch_3.bin, data_batch_4.bin, "
        "data_batch_5.bin, test_batch.bin. Delete it and get it again.",
    ),
    Message(
        lambda: data.read_cifar10_binary(
            tar("odd.tar.gz", **FIVE | {"data_batch_3_bin": 3072}, test_batch_bin=3073)
        ),
        DamagedData,
        f"{TMP}/odd.tar.gz holds a batch of 15364 bytes; expected whole records of 3073.",
    ),
    Message(
        lambda: data.read_cifar10_binary(tar("ten.tar.gz", **FIVE, test_batch_bin=3073)),
        DamagedData, f"{TMP}/ten.tar.gz holds the label 10 at position 0; expected 0 to 9.",
    ),
    Message(
        lambda: data.read_cifar10_npz(
            npz("pickle.npz", y_train=np.array([Evil()] * 2, dtype=object))
        ),
        DamagedData,
        f"{TMP}/pickle.npz is not an npz with plain arrays x_train, y_train, x_test, y_test "
        "(Object arrays cannot be loaded when allow_pickle=False).",
    ),
    Message(
        lambda: data.read_cifar10_npz(npz("lacks.npz", y_test=None)), DamagedData,
        f"{TMP}/lacks.npz is not an npz with plain arrays x_train, y_train, x_test, y_test "
        "('y_test is not a file in the archive').",
    ),
    Message(
        lambda: data.read_cifar10_npz(npz("other.npz", x_test=np.zeros((2, 3, 32, 32)))),
        DamagedData,
        f"{TMP}/other.npz: x_test is float64 of shape (2, 3, 32, 32), y_test is uint8; "
        "expected uint8 of shape (N, 32, 32, 3) and uint8.",
    ),
    Message(
        lambda: data.read_cifar10_npz(npz("many.npz", y_train=np.array([0, 12], np.uint8))),
        DamagedData, f"{TMP}/many.npz holds the label 12 at position 1; expected 0 to 9.",
    ),
    Message(
        lambda: data.load_digits8x8(np.int64), TypeError,
        "dtype is float32, float64 or uint8; got int64.",
    ),
    # places
    Message(
        lambda: data.find_data("missing.npz"), MissingData,
        "missing.npz belongs to the course and is in none of its places: the folder that "
        "COURSE_DATA names, data/ beside course_lib, the installed package. "
        "Get the course's files again.",
    ),
    Message(
        lambda: within("/no/such/folder", lambda: data.find_data("digits8x8.npz")), MissingData,
        "COURSE_DATA names /no/such/folder, which is not a folder. Correct it, or unset it.",
    ),
    Message(
        lambda: within("", lambda: data.load_mnist(download=False, cache=TMP / "empty")),
        MissingData,
        "MNIST: train-images-idx3-ubyte.gz is not on this computer. Run `python -m course_lib.data "
        "mnist`, or without a network here: On a computer with a network run\n"
        "    python -m course_lib.data mnist --into course_data\n"
        "then copy the folder course_data here and set COURSE_DATA to its path.",
    ),
    Message(
        lambda: damaged_subset() and within(
            str(TMP), lambda: data.load_cifar10(download=False, cache=TMP / "empty")
        ),
        DamagedData,
        f"{TMP}/cifar10/{SUBSET.name} is damaged: expected {SUBSET.size} bytes with SHA-256 "
        f"{SUBSET.sha256[:12]}..., got 2 bytes with {hashlib.sha256(b'no').hexdigest()[:12]}... "
        "Delete it and get it again.",
    ),
    Message(
        lambda: data.photograph("lena"), ValueError,
        "name is one of 'brick', 'camera', 'chelsea', 'coffee'; got 'lena'.",
    ),
]
