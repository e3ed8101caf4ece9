"""Data: what comes with the course, what is drawn on demand, what is downloaded; and batches.

Bundled (no network): load_digits8x8, load_nuclei, photograph. Drawn with a seed: make_digits,
make_shapes, make_moons, make_spirals, make_blobs. Downloaded once, checked and kept: load_mnist,
load_fashion_mnist, load_cifar10. Importing this package loads NumPy only.
"""

from course_lib.data.augmentation import (
    Augmentation,
    random_crop,
    random_flip,
    random_noise,
    random_rotation,
    random_scale,
    random_shift,
)
from course_lib.data.batches import DataLoader
from course_lib.data.bundled import enlarged_digits, load_digits8x8, load_nuclei, photograph
from course_lib.data.cifar import read_cifar10_binary, read_cifar10_npz
from course_lib.data.dataset import Dataset
from course_lib.data.digits import make_digits
from course_lib.data.errors import DamagedData, MissingData
from course_lib.data.idx import read_idx
from course_lib.data.loaders import (
    load_cifar10,
    load_fashion_mnist,
    load_mnist,
    load_mnist_or_digits,
)
from course_lib.data.places import find_data
from course_lib.data.points import make_blobs, make_moons, make_spirals
from course_lib.data.shapes import SHAPE_NAMES, make_shapes
from course_lib.data.splitting import Split, train_validation_test_split
from course_lib.data.warping import warp_each

__all__ = [
    "SHAPE_NAMES",
    "Augmentation",
    "DamagedData",
    "DataLoader",
    "Dataset",
    "MissingData",
    "Split",
    "enlarged_digits",
    "find_data",
    "load_cifar10",
    "load_digits8x8",
    "load_fashion_mnist",
    "load_mnist",
    "load_mnist_or_digits",
    "load_nuclei",
    "make_blobs",
    "make_digits",
    "make_moons",
    "make_shapes",
    "make_spirals",
    "photograph",
    "random_crop",
    "random_flip",
    "random_noise",
    "random_rotation",
    "random_scale",
    "random_shift",
    "read_cifar10_binary",
    "read_cifar10_npz",
    "read_idx",
    "train_validation_test_split",
    "warp_each",
]
