"""MNIST, Fashion-MNIST and CIFAR-10: from COURSE_DATA, or downloaded once into the cache."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import DTypeLike

from course_lib.data.bundled import DIGIT_NAMES, enlarged_digits
from course_lib.data.cifar import Parts, read_cifar10_binary, read_cifar10_npz
from course_lib.data.dataset import Dataset, pixels_as
from course_lib.data.download import advice, cache_folder, checked_file, fetch, local_file
from course_lib.data.errors import MissingData
from course_lib.data.idx import expect_labels, read_idx
from course_lib.data.places import course_data
from course_lib.data.sources import CIFAR10, CIFAR10_SUBSETS, FASHION_MNIST, MNIST, Source

CLOTHES = (
    "T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag",
    "ankle boot",
)
THINGS = (
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
)


def load_mnist(
    dtype: DTypeLike = np.float32,
    *,
    download: bool = True,
    cache: Path | None = None,
    show_progress: bool = True,
) -> Dataset:
    """60,000 + 10,000 handwritten digits of 28 x 28 pixels.

    Images (N, 1, 28, 28), 0 to 1 (0 to 255 for dtype uint8); labels (N,). Taken from COURSE_DATA
    or the cache if they are there, else downloaded (11 MB), if `download`. cache: another folder.
    Raises MissingData if the data is not here and cannot be had, DamagedData if its bytes are
    wrong, TypeError for a dtype other than float32, float64, uint8.
    Source: LeCun, Cortes, Burges, http://yann.lecun.com/exdb/mnist.
    """
    return _idx_dataset(MNIST, DIGIT_NAMES, dtype, _files(MNIST, download, cache, show_progress))


def load_fashion_mnist(
    dtype: DTypeLike = np.float32,
    *,
    download: bool = True,
    cache: Path | None = None,
    show_progress: bool = True,
) -> Dataset:
    """60,000 + 10,000 pieces of clothing in the form of MNIST (29 MB); all as load_mnist.

    Images (N, 1, 28, 28). Source: Xiao, Rasul, Vollgraf, arXiv:1708.07747; MIT licence.
    """
    paths = _files(FASHION_MNIST, download, cache, show_progress)
    return _idx_dataset(FASHION_MNIST, CLOTHES, dtype, paths)


def load_cifar10(
    dtype: DTypeLike = np.float32,
    *,
    download: bool = True,
    cache: Path | None = None,
    show_progress: bool = True,
) -> Dataset:
    """50,000 + 10,000 colour photographs of ten kinds of things, 32 x 32 pixels (170 MB).

    Images (N, 3, 32, 32); the rest, and what is raised, as load_mnist. If COURSE_DATA holds a
    part of CIFAR-10 as npz, that is taken, and the name says so.
    Source: Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009.
    """
    part = None if local_file(CIFAR10, CIFAR10.files[0], cache) else _cifar10_part()
    if part is None:
        [path] = _files(CIFAR10, download, cache, show_progress)
        return _dataset(CIFAR10.title, read_cifar10_binary(path), THINGS, dtype)
    found = _dataset(CIFAR10.title, read_cifar10_npz(part), THINGS, dtype)
    return replace(found, name=f"CIFAR-10 ({len(found.x_train):,} of 50,000 to train)")


def load_mnist_or_digits(
    dtype: DTypeLike = np.float32,
    *,
    cache: Path | None = None,
    say: Callable[[str], object] = print,
) -> Dataset:
    """MNIST if it is on this computer; else the bundled digits, and one sentence that says so.

    Never downloads. Images (N, 1, 28, 28) either way, so the same network fits both. Raises what
    load_mnist raises, except MissingData.
    """
    try:
        return load_mnist(dtype, download=False, cache=cache)
    except MissingData:
        digits = enlarged_digits(dtype)
    n_digits = len(digits.x_train) + len(digits.x_test)
    say(
        "MNIST is not on this computer (`python -m course_lib.data mnist` fetches it), so this "
        f"lecture goes on with the {n_digits:,} real digits that come with the course, enlarged "
        "from 8 x 8 to 28 x 28 pixels."
    )
    return digits


def _files(source: Source, download: bool, cache: Path | None, show: bool) -> list[Path]:
    """All files of a source, checked; what is missing is fetched, if `download`."""
    folder = cache or cache_folder()
    paths = []
    for file in source.files:
        path = local_file(source, file, folder)
        if path is None and not download:
            raise MissingData(
                f"{source.title}: {file.name} is not on this computer. Run "
                f"`python -m course_lib.data {source.command}`, or without a network here: "
                f"{advice(source)}"
            )
        paths.append(path or fetch(source, file, folder / source.command, show=show))
    return paths


def _idx_dataset(
    source: Source, names: tuple[str, ...], dtype: DTypeLike, paths: list[Path]
) -> Dataset:
    parts = []
    for images_path, labels_path in (paths[:2], paths[2:]):
        images, labels = read_idx(images_path, 3), read_idx(labels_path, 1)
        expect_labels(labels_path, labels, len(images), len(names))
        parts += [images[:, np.newaxis], labels]
    return _dataset(source.title, (parts[0], parts[1], parts[2], parts[3]), names, dtype)


def _dataset(name: str, parts: Parts, names: tuple[str, ...], dtype: DTypeLike) -> Dataset:
    x_train, y_train, x_test, y_test = parts
    return Dataset(
        name, pixels_as(x_train, dtype), y_train.astype(np.int64), pixels_as(x_test, dtype),
        y_test.astype(np.int64), names,
    )


def _cifar10_part() -> Path | None:
    folder = course_data()
    if folder is None:
        return None
    for file in CIFAR10_SUBSETS:
        path = folder / CIFAR10.command / file.name
        if path.is_file():
            checked_file(path, file)
            return path
    return None
