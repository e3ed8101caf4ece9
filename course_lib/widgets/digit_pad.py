"""A pad to draw a digit on, read by the learner's own network."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import traitlets

from course_lib.widgets.digit_ink import fit_digit, pair_of
from course_lib.widgets.digit_records import DIGITS, read_digit
from course_lib.widgets.live import LiveWidget, browser_bytes, packed
from course_lib.widgets.network import expect_network

__all__ = ["DigitPad"]

SIDE = 140      # the browser sends the drawing as so many rows of so many bytes


class DigitPad(LiveWidget):
    """Draw a digit by mouse, finger, pen or keys, and see what the network makes of it.

    network: anything with forward(x), or a function of x. It gets x of shape
    (1, 1, *image_size), float32, from 0 to 1, prepared by fit_digit, and answers with one number
    for each label: probabilities or logits. It is run as it is used (dropout off) and left as it
    was. image_size: (28, 28) for networks that know MNIST, (8, 8) for load_digits8x8.
    Whatever the network does is shown in the widget (`error`) and never raised. Raises TypeError
    for something that is no network, ValueError for an image_size that is no pair.
    """

    front = "digit_pad"
    asks = ("ink",)

    ink = browser_bytes()
    seen = traitlets.Dict().tag(sync=True)
    guesses = traitlets.List().tag(sync=True)
    words = traitlets.Unicode("").tag(sync=True)
    side = traitlets.Int(SIDE).tag(sync=True)

    def __init__(
        self,
        network: Any,
        *,
        image_size: tuple[int, int] = (28, 28),
        labels: Sequence[str] = DIGITS,
    ) -> None:
        expect_network("DigitPad", network)
        self._network, self._size, self._labels = network, pair_of(image_size), labels
        super().__init__()
        self.refresh()

    def answer(self) -> None:
        self.guesses, self.seen = [], packed(np.zeros(self._size))
        image = fit_digit(_drawing(self.ink), self._size)
        reading = read_digit(self._network, image, self._labels)
        self.seen = packed(image)
        shares = reading.probabilities
        self.guesses = [[reading.labels[i], float(shares[i])] for i in reading.order]
        self.words = "" if reading.problem else reading.sentence
        self.error = reading.problem


def _drawing(ink: bytes) -> Any:
    drawn = np.frombuffer(ink or bytes(SIDE * SIDE), dtype=np.uint8)
    if drawn.size != SIDE * SIDE:
        raise ValueError(f"ink expects {SIDE} rows of {SIDE} bytes; got {drawn.size} bytes.")
    return drawn.reshape(SIDE, SIDE)
