"""Real data that comes with the course: handwritten digits, photographs, cell nuclei."""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike

from course_lib.arrays import Array
from course_lib.data.dataset import Dataset, pixels_as
from course_lib.data.places import find_data
from course_lib.data.warping import sample_each

DIGIT_NAMES = tuple("0123456789")
FULL_INK = 16           # each pixel counts the dark ones among 4 x 4
N_TRAIN = 1437          # four fifths; the source is sorted by writer, so others wrote the rest
PHOTOGRAPHS = ("brick", "camera", "chelsea", "coffee")
ENLARGED, FRAME = 20, 28    # MNIST's digits fill 20 x 20 of 28 x 28 pixels


def load_digits8x8(dtype: DTypeLike = np.float32) -> Dataset:
    """1,797 real handwritten digits of 8 x 8 pixels: 1,437 to train, 360 to test.

    Images (N, 1, 8, 8), 0 to 1, or 0 to 16 for dtype uint8; labels (N,). The test digits are the
    last of the source, so most of their writers are not among the training digits'.
    Raises TypeError for a dtype other than float32, float64, uint8; MissingData as find_data.
    Source: E. Alpaydin, C. Kaynak 1998, by way of scikit-learn; see data/README.md.
    """
    arrays = _read("digits8x8.npz")
    images = pixels_as(arrays["images"][:, np.newaxis], dtype, white=FULL_INK)
    labels = arrays["labels"].astype(np.int64)
    return Dataset(
        "digits of 8 x 8 pixels", images[:N_TRAIN], labels[:N_TRAIN], images[N_TRAIN:],
        labels[N_TRAIN:], DIGIT_NAMES,
    )


def enlarged_digits(dtype: DTypeLike = np.float32) -> Dataset:
    """The digits of load_digits8x8 in the shape of MNIST: 20 x 20 in the middle of 28 x 28.

    Images (N, 1, 28, 28); values and errors as load_digits8x8, and 0 to 255 for dtype uint8.
    """
    small = load_digits8x8(np.float32)
    return Dataset(
        "digits of 8 x 8 pixels, enlarged to 28 x 28", _enlarged(small.x_train, dtype),
        small.y_train, _enlarged(small.x_test, dtype), small.y_test, DIGIT_NAMES,
    )


def photograph(name: str, dtype: DTypeLike = np.float64) -> Array:
    """A photograph to try filters on, 0 to 1: "brick", "camera", "chelsea" or "coffee".

    brick and camera are grey, (256, 256); chelsea (3, 256, 256) and coffee (3, 200, 300) have the
    channels red, green, blue. All are CC0. Raises ValueError for another name, TypeError for a
    dtype other than float32, float64, uint8. Source: scikit-image; see data/README.md.
    """
    if name not in PHOTOGRAPHS:
        raise ValueError(f"name is one of {', '.join(map(repr, PHOTOGRAPHS))}; got {name!r}.")
    image = _read("photographs.npz")[name]
    return pixels_as(image if image.ndim == 2 else np.moveaxis(image, -1, 0), dtype)


def load_nuclei(dtype: DTypeLike = np.float32) -> Dataset:
    """40 microscope images with the nuclei marked, for segmentation: 32 to train, 8 to test.

    Images (N, 1, 128, 128), 0 to 1. The labels are masks (N, 128, 128) in int64: 1 inside a
    nucleus, 0 outside. Raises TypeError for a dtype other than float32, float64, uint8.
    Source: 2018 Data Science Bowl, CC0; see data/README.md.
    """
    arrays = _read("nuclei.npz")
    x_train, x_test = (pixels_as(arrays[f"x_{p}"][:, np.newaxis], dtype) for p in ("train", "test"))
    y_train, y_test = ((arrays[f"masks_{p}"] > 0).astype(np.int64) for p in ("train", "test"))
    return Dataset("nuclei", x_train, y_train, x_test, y_test, ("background", "nucleus"))


def glyphs() -> Array:
    """The ten digits in eight fonts: shape (font, digit, 32, 32), float32, 0 to 1."""
    return pixels_as(_read("glyphs.npz")["glyphs"], np.float32)


def _read(name: str) -> dict[str, Array]:
    with np.load(find_data(name), allow_pickle=False) as file:
        return {key: file[key] for key in file.files}


def _enlarged(images: Array, dtype: DTypeLike) -> Array:
    """Bilinear between the middles of the pixels, clamped at the border, in a black frame."""
    border = (FRAME - ENLARGED) // 2
    at = (np.arange(ENLARGED) + 0.5) * images.shape[-1] / ENLARGED - 0.5
    at = np.clip(at, 0, images.shape[-1] - 1)
    y, x = np.meshgrid(at, at, indexing="ij")
    everywhere = (len(images), ENLARGED, ENLARGED)
    large = sample_each(images, np.broadcast_to(x, everywhere), np.broadcast_to(y, everywhere))
    framed = np.pad(large, [(0, 0), (0, 0), (border, border), (border, border)])
    return pixels_as(np.rint(framed * 255).astype(np.uint8), dtype)
