"""Batches of samples for training: pattern by pattern, in mini-batches, or the whole epoch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

import numpy as np

from course_lib.arrays import Array, expect_whole

Strategy = Literal["pattern", "mini-batch", "epoch"]
STRATEGIES = ("pattern", "mini-batch", "epoch")
USUAL_SIZE = 64
BETWEEN_EPOCHS = -1


class DataLoader:
    """One epoch of batches (x, y) each time it is iterated over; every sample comes up once.

    x: samples, first axis N; y: their labels or targets, first axis N. strategy "pattern" gives
    one sample at a time, "epoch" all at once, "mini-batch" batch_size of them (64 if not said),
    the last batch being shorter if N is no multiple; drop_last leaves that one out.
    shuffle: a new order each epoch, drawn from rng. augment(x, rng=rng) changes the samples of a
    batch, as Augmentation does. Batches are copies.
    Raises ValueError for no samples, unequal lengths, a batch size below 1, or one beside another
    strategy; TypeError for arguments of the wrong kind or a missing rng.
    Source: RWTH 002, pattern, mini-batch and epoch learning.
    """

    def __init__(
        self,
        x: Array,
        y: Array,
        batch_size: int | None = None,
        *,
        strategy: Strategy = "mini-batch",
        shuffle: bool = True,
        drop_last: bool = False,
        augment: Callable[..., Array] | None = None,
        rng: np.random.Generator | None = None,
    ) -> None:
        self.x, self.y = np.asarray(x), np.asarray(y)
        _expect_samples(self.x, self.y)
        self.batch_size = _size_of_batch(strategy, batch_size, len(self.x))
        if drop_last and self.batch_size > len(self.x):
            raise ValueError(
                f"drop_last leaves nothing: {len(self.x)} samples do not fill one batch of "
                f"{self.batch_size}. Use a smaller batch_size."
            )
        if (shuffle or augment) and not isinstance(rng, np.random.Generator):
            raise TypeError(
                f"Shuffling and augmentation need a random generator; got rng={rng!r}. "
                "Did you mean rng=np.random.default_rng(0), or shuffle=False?"
            )
        self.strategy, self.shuffle, self.drop_last = strategy, shuffle, drop_last
        self.augment, self.rng = augment, rng
        self._order, self._position, self._restored = np.arange(len(self.x)), BETWEEN_EPOCHS, False

    def __len__(self) -> int:
        """Batches in an epoch."""
        full, rest = divmod(len(self.x), self.batch_size)
        return full + (1 if rest and not self.drop_last else 0)

    @property
    def left(self) -> int:
        """Batches that the next iteration gives: an epoch's, or the rest of a restored one."""
        if not self._restored:
            return len(self)
        return len(self) - self._position // self.batch_size

    def __iter__(self) -> Iterator[tuple[Array, Array]]:
        """A new epoch, or the rest of the one that load_state_dict brought back."""
        if not self._restored:
            self._position = 0
            if self.shuffle and self.rng is not None:
                self._order = self.rng.permutation(len(self.x))
        self._restored = False
        return self._batches(self._order, self._position)

    def _batches(self, order: Array, position: int) -> Iterator[tuple[Array, Array]]:
        stop = min(len(order), len(self) * self.batch_size)
        while position < stop:
            rows = order[position : position + self.batch_size]
            x = self.x[rows]
            if self.augment is not None:
                x = self.augment(x, rng=self.rng)
            position += self.batch_size
            self._position = position if position < stop else BETWEEN_EPOCHS
            yield x, self.y[rows]

    def state_dict(self) -> dict[str, Any]:
        """Where this epoch stands: order (N,), position (-1 between epochs), state of rng."""
        state = None if self.rng is None else self.rng.bit_generator.state
        return {"order": self._order.copy(), "position": self._position, "rng": state}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on where `state_dict` was taken: the next iteration gives the rest of that epoch.

        Raises ValueError if the state belongs to another number of samples.
        """
        order = np.array(state["order"])
        if order.shape != self._order.shape:
            raise ValueError(
                f"The stored epoch has {order.size} samples; this loader has {len(self.x)}. "
                "Go on with the data that the training began with."
            )
        self._order, self._position = order, int(state["position"])
        self._restored = self._position != BETWEEN_EPOCHS
        if self.rng is not None and state["rng"] is not None:
            self.rng.bit_generator.state = state["rng"]


def _expect_samples(x: Array, y: Array) -> None:
    if x.ndim == 0 or y.ndim == 0 or len(x) == 0:
        raise ValueError(
            f"DataLoader expects at least one sample; got x of shape {x.shape} and y of shape "
            f"{y.shape}."
        )
    if len(x) != len(y):
        raise ValueError(
            f"DataLoader expects as many targets as samples; got {len(x)} samples and {len(y)} "
            "targets."
        )


def _size_of_batch(strategy: str, batch_size: int | None, n_samples: int) -> int:
    if strategy not in STRATEGIES:
        raise ValueError(
            f"strategy is {', '.join(map(repr, STRATEGIES[:-1]))} or {STRATEGIES[-1]!r}; "
            f"got {strategy!r}."
        )
    if strategy == "mini-batch":
        size = USUAL_SIZE if batch_size is None else batch_size
        expect_whole("batch_size", size, least=1)
        return int(size)
    if batch_size is not None:
        raise ValueError(
            f"strategy {strategy!r} fixes the batch size; got batch_size={batch_size} as well. "
            "Leave one of them out."
        )
    return 1 if strategy == "pattern" else n_samples
