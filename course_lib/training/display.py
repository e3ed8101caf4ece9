"""What can be seen of a training while it goes on."""

from __future__ import annotations

from math import isnan
from typing import Any

from course_lib.training.history import Epoch, line
from course_lib.training.step import Step

SMOOTHING = 0.98
"""How much of the last mean of loss and accuracy stays at each step of the bar."""


class Display:
    """Shows nothing."""

    def step(self, step: Step) -> None:
        """A step is done."""

    def epoch(self, epoch: Epoch, epochs: int) -> None:
        """An epoch is over."""

    def close(self) -> None:
        """The training is over."""


class Lines(Display):
    """A line for each epoch."""

    def epoch(self, epoch: Epoch, epochs: int) -> None:
        print(line(epoch, epochs), flush=True)


class Bar(Display):
    """One bar over all steps, in a notebook and in a terminal; the last epoch stands beside it."""

    def __init__(self, done: int, epochs: int, n_batches: int) -> None:
        from tqdm.auto import tqdm

        self.bar: Any = tqdm(total=epochs * n_batches, initial=done, unit="step")
        self.tested = ""

    def step(self, step: Step) -> None:
        if self.bar.n == self.bar.initial or step.batch == 1:
            self.bar.set_description(f"epoch {step.epoch}", refresh=False)
            self.loss, self.accuracy = step.loss, step.accuracy
        self.loss += (1 - SMOOTHING) * (step.loss - self.loss)
        self.accuracy += (1 - SMOOTHING) * (step.accuracy - self.accuracy)
        shown = f"loss {self.loss:.3f}"
        shown += "" if isnan(self.accuracy) else f", accuracy {100 * self.accuracy:.1f} %"
        self.bar.set_postfix_str(shown + self.tested, refresh=False)
        self.bar.update()

    def epoch(self, epoch: Epoch, epochs: int) -> None:
        if not isnan(epoch.validation_loss):
            share = 100 * epoch.validation_accuracy
            self.tested = f" | validation {epoch.validation_loss:.3f}" + (
                "" if isnan(share) else f", {share:.1f} %"
            )

    def close(self) -> None:
        self.bar.close()


def display(show: str, done: int, epochs: int, n_batches: int) -> Display:
    """What is asked for: "bar", "lines" or "nothing"."""
    if show == "bar":
        return Bar(done, epochs, n_batches)
    return Lines() if show == "lines" else Display()
