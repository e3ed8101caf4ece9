"""Reading what is bundled or found: values, shapes, order of places; IDX and CIFAR-10 files.

With COURSE_DATA set, MNIST, Fashion-MNIST and CIFAR-10 are the real ones; without it the same
tests run on files of the same form that are made here.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import shutil
import struct
import subprocess
import sys
import tarfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from course_lib import data
from course_lib.data import bundled, cifar, loaders, places, sources
from course_lib.data.sources import RemoteFile, Source

NAMED = os.environ.get("COURSE_DATA", "")
FLOATS = [np.float32, np.float64]


def idx(array: np.ndarray) -> bytes:
    head = bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape)
    return head + array.astype(np.uint8).tobytes()


def images(n: int, *shape: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (n, *shape), dtype=np.uint8)


def written(folder: Path, source: Source, contents: list[bytes]) -> Source:
    """`contents` as the files of a source that is published with just these bytes."""
    (folder / source.command).mkdir(parents=True)
    files = []
    for file, content in zip(source.files, contents, strict=True):
        (folder / source.command / file.name).write_bytes(content)
        files.append(RemoteFile(file.name, len(content), hashlib.sha256(content).hexdigest()))
    return replace(source, files=tuple(files))


def mnist_files(n_train: int = 60, n_test: int = 20) -> list[bytes]:
    return [
        gzip.compress(idx(part)) for n in (n_train, n_test)
        for part in (images(n, 28, 28, seed=n), np.arange(n) % 10)
    ]


@pytest.fixture
def course_data(tmp_path, monkeypatch) -> Path:
    """A COURSE_DATA with all three data sets; the real ones if the caller named them."""
    if NAMED:
        return Path(NAMED)
    for source in (sources.MNIST, sources.FASHION_MNIST):
        name = source.command.upper()
        monkeypatch.setattr(loaders, name, written(tmp_path, source, mnist_files()))
    part = tmp_path / "cifar10" / sources.CIFAR10_SUBSETS[1].name
    part.parent.mkdir()
    labels = {f"y_{name}": (np.arange(n) % 10).astype(np.uint8)
              for name, n in (("train", 30), ("test", 10))}
    np.savez(part, x_train=images(30, 32, 32, 3), x_test=images(10, 32, 32, 3), **labels)
    content = part.read_bytes()
    file = RemoteFile(part.name, len(content), hashlib.sha256(content).hexdigest())
    monkeypatch.setattr(loaders, "CIFAR10_SUBSETS", (file,))
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def nothing(tmp_path, monkeypatch) -> Path:
    """No COURSE_DATA and an empty cache."""
    monkeypatch.delenv("COURSE_DATA", raising=False)
    return tmp_path / "cache"


# ---- what is bundled ---------------------------------------------------------------------------


def test_the_digits_are_those_of_the_source() -> None:
    digits = data.load_digits8x8(np.uint8)
    labels = np.concatenate([digits.y_train, digits.y_test])
    assert (digits.x_train.shape, digits.x_test.shape) == ((1437, 1, 8, 8), (360, 1, 8, 8))
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert digits.x_train[0, 0, 0].tolist() == [0, 0, 5, 13, 9, 1, 0, 0]
    assert labels[:10].tolist() == list(range(10))
    assert digits.x_train.max() == 16 and digits.n_classes == 10
    assert np.bincount(digits.y_test).min() >= 33


@pytest.mark.parametrize("dtype", FLOATS)
def test_floats_go_from_0_to_1(dtype) -> None:
    for found in (data.load_digits8x8(dtype), data.enlarged_digits(dtype), data.load_nuclei(dtype)):
        for x in (found.x_train, found.x_test):
            assert x.dtype == dtype and 0 <= x.min() < 0.02 and 0.5 < x.max() <= 1
        assert found.y_train.dtype == np.int64
    assert data.photograph("coffee", dtype).dtype == dtype


def test_enlarged_digits_look_like_the_small_ones_in_a_frame() -> None:
    small, large = data.load_digits8x8(), data.enlarged_digits()
    assert large.x_train.shape == (1437, 1, 28, 28)
    assert np.array_equal(large.y_test, small.y_test)
    inside = large.x_train[:, :, 4:24, 4:24]
    assert large.x_train.sum() == pytest.approx(inside.sum(), rel=1e-6)
    ink_small, ink_large = (x.mean(axis=(1, 2, 3)) for x in (small.x_train, inside))
    assert np.corrcoef(ink_small, ink_large)[0, 1] > 0.99
    assert data.enlarged_digits(np.uint8).x_train.max() > 200


def test_photographs_are_grey_or_colour_and_not_flat() -> None:
    shapes = {name: data.photograph(name).shape for name in bundled.PHOTOGRAPHS}
    assert shapes == {"brick": (256, 256), "camera": (256, 256), "chelsea": (3, 256, 256),
                      "coffee": (3, 200, 300)}
    for name in shapes:
        assert data.photograph(name).std() > 0.08
    assert data.photograph("camera", np.uint8).dtype == np.uint8
    red, green, blue = data.photograph("coffee").mean(axis=(1, 2))
    assert red > green > blue


def test_nuclei_are_brighter_than_their_ground() -> None:
    nuclei = data.load_nuclei()
    assert nuclei.x_train.shape == (32, 1, 128, 128) and nuclei.y_train.shape == (32, 128, 128)
    assert nuclei.x_test.shape == (8, 1, 128, 128) and nuclei.class_names[1] == "nucleus"
    for x, y in ((nuclei.x_train, nuclei.y_train), (nuclei.x_test, nuclei.y_test)):
        assert set(np.unique(y)) == {0, 1}
        for image, mask in zip(x[:, 0], y, strict=True):
            assert image[mask == 1].mean() > 1.3 * image[mask == 0].mean()


# ---- places ------------------------------------------------------------------------------------


def test_course_data_comes_first_then_the_repository(tmp_path, monkeypatch) -> None:
    monkeypatch.delenv("COURSE_DATA", raising=False)
    own = data.find_data("digits8x8.npz")
    assert own == places.REPOSITORY / "data" / "digits8x8.npz"
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    assert data.find_data("digits8x8.npz") == own
    shutil.copy(own, tmp_path)
    assert data.find_data("digits8x8.npz") == tmp_path / "digits8x8.npz"


def test_importing_data_loads_numpy_at_most() -> None:
    heavy = ("matplotlib", "pooch", "tqdm", "requests", "scipy", "IPython", "PIL")
    code = f"import sys, course_lib.data; print(*(n for n in {heavy!r} if n in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


# ---- MNIST, Fashion-MNIST, CIFAR-10 ------------------------------------------------------------


@pytest.mark.parametrize("load", [data.load_mnist, data.load_fashion_mnist])
def test_mnist_and_fashion_mnist_from_course_data(load, course_data, tmp_path) -> None:
    found = load(np.uint8, download=False, cache=tmp_path / "cache")
    n_train, n_test = (60_000, 10_000) if NAMED else (60, 20)
    assert found.x_train.shape == (n_train, 1, 28, 28)
    assert found.x_test.shape == (n_test, 1, 28, 28)
    assert found.y_train.shape == (n_train,) and found.y_train.dtype == np.int64
    assert set(found.y_test.tolist()) == set(range(found.n_classes)) == set(range(10))
    if NAMED and found.name == "MNIST":
        assert found.y_train[:5].tolist() == [5, 0, 4, 1, 9]
        assert found.y_test[:5].tolist() == [7, 2, 1, 0, 4]
        assert found.x_train.mean() / 255 == pytest.approx(0.1307, abs=1e-4)
    elif NAMED:
        assert found.x_train.mean() / 255 == pytest.approx(0.2860, abs=1e-4)


@pytest.mark.parametrize(
    ("labels", "complaint"),
    [
        (np.arange(20) % 11, "holds the label 10 at position 10;"),
        (np.zeros(19), "holds 19 labels for 20 images"),
    ],
)
def test_labels_that_do_not_fit_are_seen(labels, complaint, nothing, monkeypatch) -> None:
    contents = [*mnist_files()[:3], gzip.compress(idx(labels))]
    monkeypatch.setattr(loaders, "MNIST", written(nothing, sources.MNIST, contents))
    with pytest.raises(data.DamagedData, match=f"t10k-labels-idx1-ubyte.gz {complaint}"):
        data.load_mnist(download=False, cache=nothing)


def test_a_part_of_cifar10_from_course_data_says_that_it_is_one(course_data, tmp_path) -> None:
    found = data.load_cifar10(download=False, cache=tmp_path / "cache")
    n_train, n_test = (5000, 1000) if NAMED else (30, 10)
    assert found.x_train.shape == (n_train, 3, 32, 32) and found.x_train.dtype == np.float32
    assert found.x_test.shape == (n_test, 3, 32, 32)
    assert found.name == f"CIFAR-10 ({n_train:,} of 50,000 to train)"
    assert np.bincount(found.y_train).tolist() == [n_train // 10] * 10


def test_the_whole_of_cifar10_is_taken_where_it_is(course_data, tmp_path, monkeypatch) -> None:
    batches = {f"cifar-10-batches-bin/{name}": cifar_records(7, seed)
               for seed, name in enumerate([*cifar.TRAIN, *cifar.TEST])}
    cache = tmp_path / "cache"
    source = written(cache, sources.CIFAR10, [tar_of(batches)])
    monkeypatch.setattr(loaders, "CIFAR10", source)
    found = data.load_cifar10(np.uint8, download=False, cache=cache)
    assert found.name == "CIFAR-10" and found.class_names[3] == "cat"
    assert found.x_train.shape == (35, 3, 32, 32) and found.x_test.shape == (7, 3, 32, 32)
    first = np.frombuffer(batches["cifar-10-batches-bin/data_batch_1.bin"], np.uint8)
    assert found.y_train[0] == first[0]
    assert np.array_equal(found.x_train[0].ravel(), first[1:3073])
    assert np.array_equal(
        found.x_test[0].ravel(),
        np.frombuffer(batches["cifar-10-batches-bin/test_batch.bin"], np.uint8)[1:3073],
    )


def cifar_records(n: int, seed: int) -> bytes:
    table = images(n, 3073, seed=seed)
    table[:, 0] %= 10
    return table.tobytes()


def tar_of(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


def test_npz_images_get_their_channels_in_front(tmp_path) -> None:
    x, y = images(4, 32, 32, 3), np.array([1, 2, 3, 9], dtype=np.uint8)
    np.savez(tmp_path / "part.npz", x_train=x, y_train=y, x_test=x[:2], y_test=y[:2])
    x_train, y_train, x_test, _ = data.read_cifar10_npz(tmp_path / "part.npz")
    assert x_train[3, 2, 5, 7] == x[3, 5, 7, 2]
    assert x_test.shape == (2, 3, 32, 32) and y_train.tolist() == [1, 2, 3, 9]


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_idx_packed_or_not(pack, tmp_path) -> None:
    array = images(5, 4, 3)
    (tmp_path / "file").write_bytes(pack(idx(array)))
    assert np.array_equal(data.read_idx(tmp_path / "file", 3), array)


# ---- where MNIST is absent ---------------------------------------------------------------------


def test_without_mnist_a_lecture_says_so_in_one_sentence_and_goes_on(nothing, capsys) -> None:
    found = data.load_mnist_or_digits(cache=nothing)
    assert capsys.readouterr().out == (
        "MNIST is not on this computer (`python -m course_lib.data mnist` fetches it), so this "
        "lecture goes on with the 1,797 real digits that come with the course, enlarged from "
        "8 x 8 to 28 x 28 pixels.\n"
    )
    assert found.x_train.shape[1:] == (1, 28, 28) and len(found.y_test) == 360
    assert not nothing.exists()


def test_with_mnist_it_says_nothing(course_data, tmp_path, capsys) -> None:
    assert data.load_mnist_or_digits(cache=tmp_path / "cache").name == "MNIST"
    assert capsys.readouterr().out == ""
