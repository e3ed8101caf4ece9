"""A grey patch over an image, place by place, and what a network still says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib import functional as F
from course_lib.arrays import Array, expect_whole
from course_lib.widgets.network import expect_network, name_of, output_of

_MOST_PLACES = 1000
_AT_ONCE = 128


@dataclass(frozen=True)
class Occlusion:
    """What the network says about the image, and about it with the patch at every place.

    image (C, H, W). tops, lefts: of the patch, along each axis. whole (K,): the probabilities of
    the image as it is; covered (len(tops), len(lefts), K): with the patch there. target: the
    class whose drop is shown. problem: why there are none (whole is empty then); "" if all is
    well.
    """

    image: Array
    patch: int
    grey: float
    tops: tuple[int, ...]
    lefts: tuple[int, ...]
    labels: tuple[str, ...]
    whole: Array
    covered: Array
    target: int
    problem: str

    @property
    def drops(self) -> Array:
        """whole[target] - covered[..., target]: above 0 where the patch hides evidence."""
        drops: Array = self.whole[self.target] - self.covered[..., self.target]
        return drops

    @property
    def by_pixel(self) -> Array:
        """(H, W): the mean drop of all patches that lie on a pixel; nan where none does."""
        total, count = np.zeros(self.image.shape[1:]), np.zeros(self.image.shape[1:])
        for (row, column), drop in np.ndenumerate(self.drops):
            here = self.window(row, column)
            total[here] += drop
            count[here] += 1
        return np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)

    def window(self, row: int, column: int) -> tuple[slice, slice]:
        """The pixels under the patch."""
        top, left = self.tops[row], self.lefts[column]
        return slice(top, top + self.patch), slice(left, left + self.patch)

    def place(self, number: int) -> tuple[int, int]:
        """(row, column) of the place with this number, row by row."""
        return divmod(number, len(self.lefts))

    def under(self, number: int) -> Array:
        """The image with the patch at that place."""
        return _with_patch(self.image, self.window(*self.place(number)), self.grey)

    def sentence(self, number: int) -> str:
        """What the patch at that place does; "" if the network has said nothing."""
        if self.problem:
            return ""
        row, column = self.place(number)
        rows, columns = self.window(row, column)
        now = self.covered[row, column]
        before, after = self.whole[self.target], now[self.target]
        verb = "falls" if after < before else "rises" if after > before else "stays"
        change = f"from {_percent(before)} to {_percent(after)}" if verb != "stays" else (
            f"at {_percent(after)}"
        )
        said = (
            f"Patch on rows {rows.start} to {rows.stop - 1}, columns {columns.start} to "
            f"{columns.stop - 1}: the probability of {self.labels[self.target]} {verb} {change}."
        )
        first, was = int(np.argmax(now)), int(np.argmax(self.whole))
        turned = f" The first guess is {self.labels[first]} now." if first != was else ""
        return said + turned

    @property
    def words(self) -> str:
        """The first guess without a patch, and where the drop is largest; or the problem."""
        if self.problem:
            return self.problem
        guess = int(np.argmax(self.whole))
        row, column = np.unravel_index(int(np.argmax(self.drops)), self.drops.shape)
        most = self.drops[row, column]
        return (
            f"Without a patch the first guess is {self.labels[guess]} "
            f"({_percent(self.whole[guess])}). The largest drop of {self.labels[self.target]}, "
            f"{100 * most:.1f} points, is with the patch from row {self.tops[row]}, column "
            f"{self.lefts[column]} on."
        )


def occlusion(
    network: Any,
    image: Any,
    target: int | None = None,
    patch: int = 7,
    *,
    stride: int = 2,
    grey: float = 0.5,
    labels: Sequence[str] | None = None,
) -> Occlusion:
    """Cover the image with a grey patch, place by place: p_k of the image minus p_k covered.

    network: a function, or anything with forward, of x (N, C, H, W) in float32; it answers with
    (N, K) probabilities, or logits, which softmax turns into some. image: (H, W), (C, H, W) or
    (1, C, H, W). target: the class k, by default the first guess. patch: pixels along a side;
    stride: pixels from place to place (the last place always ends at the border). What the
    network does wrong ends in `problem`. Raises TypeError for what is no network and for sizes
    that are not whole; ValueError for other shapes, a patch larger than the image, more than 1000
    places, an unknown class. Source: Zeiler, Fergus 2014, section 4.2.
    """
    expect_network("OcclusionMap", network)
    picture = _image(image)
    expect_whole("patch", patch, 1)
    expect_whole("stride", stride, 1)
    if patch > min(picture.shape[1:]):
        raise ValueError(
            f"patch expects at most the {min(picture.shape[1:])} pixels of the image; got {patch}."
        )
    tops, lefts = (_places(length, patch, stride) for length in picture.shape[1:])
    if len(tops) * len(lefts) > _MOST_PLACES:
        raise ValueError(
            f"{len(tops) * len(lefts)} places take too long (the most is {_MOST_PLACES}). Use a "
            "larger stride."
        )
    windows = [
        (slice(top, top + patch), slice(left, left + patch)) for top in tops for left in lefts
    ]
    batch = np.stack([picture, *(_with_patch(picture, window, grey) for window in windows)])
    shares, problem = _probabilities(network, batch.astype(np.float32))
    n_classes = shares.shape[1]
    names = tuple(map(str, range(n_classes) if labels is None else labels))
    if not problem and len(names) != n_classes:
        problem = (
            f"Your {name_of(network)} returned {n_classes} classes; expected {len(names)}, one "
            "for each label."
        )
    if problem:
        empty = np.empty((len(tops), len(lefts), 0))
        return Occlusion(
            picture, patch, grey, tops, lefts, names, np.empty(0), empty, target or 0, problem
        )
    wanted = int(np.argmax(shares[0])) if target is None else target
    if not 0 <= wanted < n_classes:
        raise ValueError(f"target expects a class from 0 to {n_classes - 1}; got {target}.")
    covered = shares[1:].reshape(len(tops), len(lefts), n_classes)
    return Occlusion(
        picture, patch, grey, tops, lefts, names, shares[0], covered, wanted, ""
    )


def _image(image: Any) -> Array:
    picture = np.asarray(image, dtype=float)
    if picture.ndim == 4 and len(picture) == 1:
        picture = picture[0]
    if picture.ndim == 2:
        picture = picture[np.newaxis]
    if picture.ndim != 3 or not picture.size:
        raise ValueError(
            "image expects shape (H, W), (C, H, W) or (1, C, H, W); got shape "
            f"{np.shape(image)}. Did you mean x[:1]?"
        )
    if not np.isfinite(picture).all():
        raise ValueError("image expects finite numbers; got nan or infinity among them.")
    return picture


def _places(length: int, patch: int, stride: int) -> tuple[int, ...]:
    last = length - patch
    return (*range(0, last, stride), last)


def _with_patch(image: Array, window: tuple[slice, slice], grey: float) -> Array:
    covered = image.copy()
    covered[:, window[0], window[1]] = grey
    return covered


def _probabilities(network: Any, batch: Array) -> tuple[Array, str]:
    """((N, K), "") or (an empty (0, 0), one sentence)."""
    found = []
    for start in range(0, len(batch), _AT_ONCE):
        part = batch[start : start + _AT_ONCE]
        y, problem = output_of(network, part)
        if not problem and (y.ndim != 2 or len(y) != len(part) or not y.size):
            problem = (
                f"Your {name_of(network)} returned shape {y.shape} for {len(part)} images; "
                f"expected ({len(part)}, K), one number for each class."
            )
        if not problem and not np.isfinite(y).all():
            strange = int((~np.isfinite(y)).sum())
            problem = (
                f"Your {name_of(network)} returned nan or infinity in {strange} of {y.size} "
                "numbers."
            )
        if problem:
            return np.empty((0, 0)), problem
        found.append(y)
    scores = np.concatenate(found)
    shares = bool(scores.min() >= 0 and np.abs(scores.sum(axis=1) - 1).max() < 1e-3)
    return (scores if shares else F.softmax(scores)), ""


def _percent(share: float) -> str:
    return f"{100 * float(share):.1f} %"
