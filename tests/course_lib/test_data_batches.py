"""Batches, splits and augmentation: every sample once, the same for a seed, labels kept."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import data
from course_lib.data import Augmentation, DataLoader
from course_lib.data.warping import sample_each
from course_lib.images import interpolate, warp_affine

X = np.arange(23.0)[:, None] * [1, 10]
Y = np.arange(23)


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def pictures(n: int = 6, shape: tuple[int, ...] = (2, 7, 9), dtype=np.float64) -> np.ndarray:
    return rng(3).random((n, *shape)).astype(dtype)


# ---- batches -----------------------------------------------------------------------------------


@given(st.integers(1, 40), st.integers(1, 45), st.booleans(), st.booleans())
def test_an_epoch_shows_every_sample_once(n, size, shuffle, drop_last) -> None:
    drop_last = drop_last and size <= n
    loader = DataLoader(
        np.arange(n), -np.arange(n), size, shuffle=shuffle, drop_last=drop_last, rng=rng(n)
    )
    batches = list(loader)
    assert len(batches) == len(loader)
    seen = np.concatenate([x for x, _ in batches])
    assert np.array_equal(seen, -np.concatenate([y for _, y in batches]))
    assert len(set(seen.tolist())) == len(seen) == (n - n % size if drop_last else n)
    assert all(len(x) == size for x, _ in batches[:-1])
    assert len(batches[-1][0]) == (size if drop_last or n % size == 0 else n % size)
    if not shuffle:
        assert seen.tolist() == list(range(len(seen)))


def test_strategies_are_patterns_mini_batches_and_epochs() -> None:
    sizes = {
        strategy: [len(x) for x, _ in DataLoader(X, Y, strategy=strategy, rng=rng())]
        for strategy in ("pattern", "mini-batch", "epoch")
    }
    assert sizes == {"pattern": [1] * 23, "mini-batch": [23], "epoch": [23]}
    assert DataLoader(X, Y, rng=rng()).batch_size == 64
    assert [len(x) for x, _ in DataLoader(X, Y, 10, rng=rng())] == [10, 10, 3]


def test_a_seed_gives_the_same_epochs_and_each_epoch_another_order() -> None:
    first, second = (DataLoader(X, Y, 23, rng=rng(5)) for _ in range(2))
    epochs = [[next(iter(loader))[1].tolist() for _ in range(3)] for loader in (first, second)]
    assert epochs[0] == epochs[1]
    assert len({tuple(order) for order in epochs[0]}) == 3


def test_batches_are_copies() -> None:
    x = X.copy()
    for batch, _ in DataLoader(x, Y, 5, shuffle=False):
        batch += 1
    assert np.array_equal(x, X)


def test_augmentation_of_no_images_is_no_images() -> None:
    everything = data.Augmentation(shift=1, rotate=10, scale=0.1, flip=0.5, crop=1, noise=0.1)
    none = np.zeros((0, 3, 6, 5), np.float32)
    assert everything(none, rng=rng(0)).shape == none.shape


def test_augmentation_changes_samples_and_not_labels() -> None:
    def double(x: np.ndarray, *, rng: np.random.Generator) -> np.ndarray:
        return 2 * x

    for x, y in DataLoader(X, Y, 4, augment=double, rng=rng()):
        assert np.array_equal(x, 2 * X[y])


@pytest.mark.parametrize("done", [0, 1, 5, 6])
def test_a_stored_epoch_goes_on_to_the_bit(done: int) -> None:
    def loader() -> DataLoader:
        return DataLoader(X, Y, 4, augment=lambda x, rng: x + rng.random(x.shape), rng=rng(8))

    def two_epochs(source: DataLoader) -> list[bytes]:
        return [x.tobytes() + y.tobytes() for _ in range(2) for x, y in source]

    whole = two_epochs(loader())
    first = loader()
    assert len(list(islice(first, done))) == done
    state = first.state_dict()
    other = DataLoader(X, Y, 4, augment=first.augment, rng=rng(99))
    other.load_state_dict(state)
    epochs = 2 if done < 6 else 1    # at the end of an epoch the next one begins
    again = [x.tobytes() + y.tobytes() for _ in range(epochs) for x, y in other]
    assert again == whole[done:]


# ---- splits ------------------------------------------------------------------------------------


@given(
    st.lists(st.integers(1, 30), min_size=1, max_size=4), st.sampled_from([0.1, 0.25, 0.4]),
    st.sampled_from([0, 0.2, 0.5]), st.booleans(),
)
def test_a_split_loses_no_sample_and_keeps_the_shares(counts, validation, test, stratify) -> None:
    y = np.repeat(np.arange(len(counts)), [count + 10 for count in counts])
    x = np.arange(len(y))
    split = data.train_validation_test_split(
        x, y, validation, test, stratify=stratify, rng=rng(len(y))
    )
    parts = [(split.x_validation, split.y_validation, validation), (split.x_test, split.y_test,
             test), (split.x_train, split.y_train, 1 - validation - test)]
    assert sorted(np.concatenate([part for part, _, _ in parts]).tolist()) == x.tolist()
    for samples, labels, share in parts:
        assert np.array_equal(labels, y[samples])
        assert abs(len(samples) - share * len(y)) <= 1
        if stratify:
            for label in range(len(counts)):
                assert abs((labels == label).sum() - share * (y == label).sum()) <= 1


@pytest.mark.parametrize("seed", range(50))
def test_rare_classes_are_dealt_out_evenly_too(seed) -> None:
    """Up to one sample, however different the classes are; and no part is short of more."""
    draw = rng(seed)
    counts = 1 + (300 * draw.dirichlet(np.full(draw.integers(1, 12), 0.4))).astype(int)
    y = np.repeat(np.arange(len(counts)), counts)
    validation, test = draw.uniform(0.05, 0.45, 2)
    split = data.train_validation_test_split(np.arange(len(y)), y, validation, test, rng=draw)
    for labels, share in (
        (split.y_validation, validation), (split.y_test, test),
        (split.y_train, 1 - validation - test),
    ):
        assert abs(len(labels) - share * len(y)) < 1 + 1e-6
        of_class = np.bincount(labels, minlength=len(counts))
        assert (np.abs(of_class - share * counts) < 1 + 1e-6).all()


def test_parts_are_in_random_order_and_the_same_for_a_seed() -> None:
    y = np.arange(300) % 3
    first, again, other = (
        data.train_validation_test_split(np.arange(300), y, rng=rng(seed)) for seed in (1, 1, 2)
    )
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert not np.array_equal(first.x_train, other.x_train)
    assert len(set(first.y_train[:9].tolist())) == 3
    assert first.y_train[:60].tolist() != sorted(first.y_train[:60].tolist())
    assert len(set(np.diff(first.y_train).tolist())) > 3, "classes do not come in turn"


def test_a_class_of_one_is_trained_with() -> None:
    y = np.append(np.zeros(99, dtype=int), 1)
    for seed in range(10):
        split = data.train_validation_test_split(np.arange(100), y, rng=rng(seed))
        assert split.y_train.sum() == 1


# ---- warps and augmentation --------------------------------------------------------------------


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("fill", [0.0, 0.7])
def test_warp_each_is_warp_affine_for_each(dtype, fill) -> None:
    images = pictures(dtype=dtype)
    matrices = np.tile(np.eye(3), (len(images), 1, 1))
    matrices[:, :2] += rng(4).normal(0, [0.3, 0.3, 3], (len(images), 2, 3))
    warped = data.warp_each(images, matrices, fill)
    alone = np.stack([
        warp_affine(image, matrix, fill=fill)
        for image, matrix in zip(images, matrices, strict=True)
    ])
    assert warped.dtype == images.dtype
    np.testing.assert_allclose(warped, alone, rtol=0, atol=1e-5 if dtype is np.float32 else 1e-12)


def test_sample_each_is_interpolate_far_outside_too() -> None:
    images, (x, y) = pictures(4, (1, 5, 6)), rng(6).uniform(-20, 20, (2, 4, 30, 3))
    x[0], y[0] = rng(7).integers(-3, 8, (2, 30, 3))
    for i, found in enumerate(sample_each(images, x, y, fill=0.5)):
        np.testing.assert_allclose(found, interpolate(images[i], x[i], y[i], fill=0.5), atol=1e-12)


CHANGES = {
    "shift": lambda x, rng: data.random_shift(x, 2, rng=rng),
    "rotation": lambda x, rng: data.random_rotation(x, 30, rng=rng),
    "scale": lambda x, rng: data.random_scale(x, 0.3, rng=rng),
    "flip": lambda x, rng: data.random_flip(x, 0.5, rng=rng),
    "crop": lambda x, rng: data.random_crop(x, 2, rng=rng),
    "noise": lambda x, rng: data.random_noise(x, 0.1, rng=rng),
    "all": lambda x, rng: Augmentation(1, 10, 0.1, 0.5, 1, 0.1)(x, rng=rng),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_change_keeps_shape_dtype_and_argument_and_follows_the_seed(change, dtype) -> None:
    images = pictures(12, dtype=dtype)
    kept = images.copy()
    changed = change(images, rng(1))
    assert changed.shape == images.shape and changed.dtype == dtype
    assert np.array_equal(images, kept) and not np.shares_memory(changed, images)
    assert np.array_equal(changed, change(images, rng(1)))
    assert not np.array_equal(changed, change(images, rng(2)))
    assert not np.array_equal(changed, images)


def test_nothing_asked_for_changes_nothing() -> None:
    images = pictures()
    assert np.array_equal(Augmentation()(images, rng=rng()), images)


def test_a_shift_moves_by_whole_pixels_in_range_each_image_its_own_way() -> None:
    dot = np.zeros((200, 1, 11, 11))
    dot[..., 5, 5] = 1
    for moved in (data.random_shift(dot, 2, rng=rng()), data.random_crop(dot, 2, rng=rng())):
        places = np.argwhere(moved[:, 0] > 0.999)
        assert len(places) == 200
        assert {tuple(place) for place in places[:, 1:]} == {
            (row, column) for row in range(3, 8) for column in range(3, 8)
        }


def test_a_rotation_turns_about_the_middle_and_a_scale_grows_from_it() -> None:
    line = np.zeros((300, 1, 21, 21))
    line[:, :, 10, 10:19] = 1
    ends = np.argwhere(data.random_rotation(line, 90, rng=rng())[:, 0] > 0.3)
    assert (np.hypot(*(ends[:, 1:] - 10).T) < 9).all()
    assert {(2, 10), (18, 10)} <= {tuple(place) for place in ends[:, 1:]}
    lengths = data.random_scale(line, 0.5, rng=rng())[:, 0, 10].sum(axis=1)
    assert 4 < lengths.min() < 5.5 and 10.5 < lengths.max() < 12


def test_a_flip_mirrors_about_as_often_as_asked() -> None:
    images = pictures(400)
    for probability in (0, 0.3, 1):
        flipped = data.random_flip(images, probability, rng=rng())
        mirrored = [np.array_equal(a, b[..., ::-1]) for a, b in zip(flipped, images, strict=True)]
        kept = [np.array_equal(a, b) for a, b in zip(flipped, images, strict=True)]
        assert all(a != b for a, b in zip(mirrored, kept, strict=True))
        assert abs(np.mean(mirrored) - probability) < 0.08


def test_noise_has_the_standard_deviation_asked_for() -> None:
    images = pictures(100)
    noise = data.random_noise(images, 0.2, rng=rng()) - images
    assert abs(noise.std() - 0.2) < 0.005 and abs(noise.mean()) < 0.01
