"""The inception module: windows of several sizes side by side, each behind fewer channels."""

from dataclasses import dataclass
from typing import NamedTuple

from course_lib.layers import (
    AdaptiveAvgPool2d,
    AvgPool2d,
    Flatten,
    Layer,
    MaxPool2d,
    Parallel,
    ReLU,
    Sequential,
)
from course_lib.models.making import Maker


class Widths(NamedTuple):
    """Channels of the four branches; `reduce` is what the 1 x 1 before a large window leaves."""

    one: int
    reduce_three: int
    three: int
    reduce_five: int
    five: int
    pool: int

    @property
    def total(self) -> int:
        """The channels that come out."""
        return self.one + self.three + self.five + self.pool


@dataclass(frozen=True)
class Units:
    """How convolutions are made: plain with a bias, or normalised as libraries do.

    largest: the window of the third branch, 5 in the paper and 3 in libraries.
    """

    make: Maker
    normalised: bool
    largest: int

    def conv(
        self, n_in: int, n_out: int, kernel_size: int, stride: int = 1, padding: int = 0
    ) -> Sequential:
        """A convolution and a ReLU, with a normalisation between them or without."""
        conv = self.make.conv(
            n_in, n_out, kernel_size, stride, padding, bias=not self.normalised
        )
        if self.normalised:
            return Sequential(conv=conv, bn=self.make.norm(n_out, eps=0.001), relu=ReLU())
        return Sequential(conv=conv, relu=ReLU())

    def module(self, n_in: int, widths: Widths) -> Parallel:
        """Four branches. x (N, n_in, H, W) -> y (N, widths.total, H, W)."""
        w = widths
        return Parallel(
            branch1=self.conv(n_in, w.one, 1),
            branch2=Sequential(
                self.conv(n_in, w.reduce_three, 1),
                self.conv(w.reduce_three, w.three, 3, padding=1),
            ),
            branch3=Sequential(
                self.conv(n_in, w.reduce_five, 1),
                self.conv(w.reduce_five, w.five, self.largest, padding=self.largest // 2),
            ),
            branch4=Sequential(MaxPool2d(3, 1, 1), self.conv(n_in, w.pool, 1)),
        )

    def head(self, n_in: int, n_classes: int) -> Sequential:
        """A small classifier beside the network. x (N, n_in, 14, 14) -> logits."""
        pool: Layer = AdaptiveAvgPool2d(4) if self.normalised else AvgPool2d(5, 3)
        return Sequential(
            pool=pool, conv=self.conv(n_in, 128, 1), flatten=Flatten(),
            fc1=self.make.linear(2048, 1024), relu=ReLU(), dropout=self.make.dropout(0.7),
            fc2=self.make.linear(1024, n_classes),
        )
