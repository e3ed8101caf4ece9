"""Every complaint of course_lib.data, word for word.

What is said of files stands in data_file_messages.py, of downloads in test_data_download.py.
"""

from __future__ import annotations

import numpy as np
import pytest

from course_lib import data
from course_lib.data import (
    Augmentation,
    DamagedData,
    DataLoader,
    augmentation,
    batches,
    bundled,
    cifar,
    dataset,
    digits,
    download,
    idx,
    loaders,
    places,
    points,
    shapes,
    splitting,
    strokes,
    warping,
)
from course_lib.data.sources import MNIST, RemoteFile
from tests.course_lib import data_file_messages
from tests.course_lib.data_file_messages import TMP, Evil, npz
from tests.course_lib.messages import Message, check, unread_raises

MODULES = [
    augmentation, batches, bundled, cifar, dataset, digits, idx, loaders, places, points, shapes,
    splitting, strokes, warping,
]
RNG = np.random.default_rng(0)
X, Y = np.zeros((6, 2)), np.zeros(6, dtype=int)
IMAGES = np.zeros((2, 1, 4, 4))
MESSAGES = [
    *data_file_messages.MESSAGES,
    # batches
    Message(
        lambda: DataLoader(X[:0], Y[:0], rng=RNG), ValueError,
        "DataLoader expects at least one sample; got x of shape (0, 2) and y of shape (0,).",
    ),
    Message(
        lambda: DataLoader(X, Y[:5], rng=RNG), ValueError,
        "DataLoader expects as many targets as samples; got 6 samples and 5 targets.",
    ),
    Message(
        lambda: DataLoader(X, Y, 0, rng=RNG), ValueError, "batch_size must be at least 1; got 0."
    ),
    Message(
        lambda: DataLoader(X, Y, 2.5, rng=RNG), TypeError, "batch_size is a whole number; got 2.5."
    ),
    Message(
        lambda: DataLoader(X, Y, 4, strategy="epoch", rng=RNG), ValueError,
        "strategy 'epoch' fixes the batch size; got batch_size=4 as well. "
        "Leave one of them out.",
    ),
    Message(
        lambda: DataLoader(X, Y, strategy="online", rng=RNG), ValueError,
        "strategy is 'pattern', 'mini-batch' or 'epoch'; got 'online'.",
    ),
    Message(
        lambda: DataLoader(X, Y, 7, drop_last=True, rng=RNG), ValueError,
        "drop_last leaves nothing: 6 samples do not fill one batch of 7. Use a smaller batch_size.",
    ),
    Message(
        lambda: DataLoader(X, Y), TypeError,
        "Shuffling and augmentation need a random generator; got rng=None. "
        "Did you mean rng=np.random.default_rng(0), or shuffle=False?",
    ),
    Message(
        lambda: DataLoader(X, Y, shuffle=False).load_state_dict(
            DataLoader(X[:4], Y[:4], shuffle=False).state_dict()
        ),
        ValueError,
        "The stored epoch has 4 samples; this loader has 6. "
        "Go on with the data that the training began with.",
    ),
    # splits
    Message(
        lambda: data.train_validation_test_split(X, X, rng=RNG), ValueError,
        "A split expects x with first axis N and labels y (N,); got (6, 2) and (6, 2).",
    ),
    Message(
        lambda: data.train_validation_test_split(X, Y, 0.5, 0.5, rng=RNG), ValueError,
        "validation and test leave nothing to train with: 0.5 + 0.5 >= 1.",
    ),
    Message(
        lambda: data.train_validation_test_split(X, Y, -0.1, rng=RNG), ValueError,
        "validation must be at least 0 and below 1; got -0.1.",
    ),
    Message(
        lambda: data.train_validation_test_split(X, Y, 0.2, 0.01, rng=RNG), ValueError,
        "6 samples are too few: the test part gets none of them.",
    ),
    # warps, augmentation, drawing
    Message(
        lambda: data.warp_each(IMAGES, np.eye(3)), ValueError,
        "warp_each expects matrices of shape (2, 3, 3); got (3, 3).",
    ),
    Message(
        lambda: data.random_flip(IMAGES.astype(np.uint8), rng=RNG), TypeError,
        "random_flip expects images in float64 or float32; got uint8. "
        "Did you mean np.asarray(images, dtype=float)?",
    ),
    Message(
        lambda: data.random_crop(IMAGES[0], 1, rng=RNG), ValueError,
        "random_crop expects images of shape (N, C, H, W); got (1, 4, 4). "
        "For a batch of one write images[np.newaxis].",
    ),
    Message(lambda: Augmentation(shift=-1), ValueError, "shift must be at least 0; got -1."),
    Message(lambda: Augmentation(crop=1.5), TypeError, "crop is a whole number; got 1.5."),
    Message(
        lambda: Augmentation(rotate=200), ValueError,
        "rotate must be at least 0 and at most 180; got 200.",
    ),
    Message(
        lambda: Augmentation(scale=1), ValueError, "scale must be at least 0 and below 1; got 1."
    ),
    Message(
        lambda: Augmentation(flip=2), ValueError, "flip must be at least 0 and at most 1; got 2."
    ),
    Message(
        lambda: data.random_noise(IMAGES, -1, rng=RNG), ValueError,
        "std must be at least 0; got -1.",
    ),
    Message(lambda: data.make_digits(9, rng=RNG), ValueError, "n must be at least 10; got 9."),
    Message(
        lambda: data.make_digits(10, printed=2, rng=RNG), ValueError,
        "printed must be at least 0 and at most 1; got 2.",
    ),
    Message(lambda: data.make_shapes(5, 7, rng=RNG), ValueError, "size must be at least 8; got 7."),
    Message(lambda: data.make_moons(1, rng=RNG), ValueError, "n must be at least 2; got 1."),
    Message(
        lambda: data.make_blobs(5, spread=-1, rng=RNG), ValueError,
        "spread must be at least 0; got -1.",
    ),
    Message(
        lambda: data.make_spirals(5, 2.0, rng=RNG), TypeError,
        "n_classes is a whole number; got 2.0.",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text.replace(str(TMP), "")[:60])
def test_message(message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    assert unread_raises(MODULES, MESSAGES) == []


def test_a_pickle_in_an_npz_is_not_run() -> None:
    with pytest.raises(DamagedData):
        data.read_cifar10_npz(npz("evil.npz", x_test=np.array([Evil()], dtype=object)))
    assert not (TMP / "unpickled").exists()


def test_damage_is_seen_before_anything_is_downloaded_over_it(tmp_path, monkeypatch) -> None:
    monkeypatch.delenv("COURSE_DATA", raising=False)
    monkeypatch.setattr(download, "_retrieve", lambda *arguments: pytest.fail("downloaded"))
    path = tmp_path / "mnist" / MNIST.files[0].name
    path.parent.mkdir()
    path.write_bytes(b"half a file")
    with pytest.raises(DamagedData, match="got 11 bytes"):
        data.load_mnist(cache=tmp_path)
    assert isinstance(MNIST.files[0], RemoteFile) and path.read_bytes() == b"half a file"
