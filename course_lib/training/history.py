"""What a training was like, epoch by epoch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from math import isnan, nan
from typing import Any, Literal

Ending = Literal["finished", "stopped early", "interrupted"]
TITLES = ("epoch", "loss", "accuracy", "val. loss", "val. acc.", "rate", "seconds")


@dataclass(frozen=True)
class Epoch:
    """One epoch: number 1, 2, ...; means over its steps, then the validation after it.

    loss and accuracy were measured while the network learned, so they lag behind a little;
    validation_* are nan without validation data, accuracies where there are no classes.
    """

    number: int
    loss: float
    accuracy: float
    validation_loss: float
    validation_accuracy: float
    learning_rate: float
    seconds: float


@dataclass
class History:
    """All epochs of a training, in order; as a text it is a table.

    `history.loss`, `history.validation_accuracy` and so on are lists with a number for each
    epoch; `step_losses` has one for each step. ending: how it came to its end. best: the epoch
    whose weights the network has now, if early stopping was asked for; else None.
    """

    epochs: list[Epoch] = field(default_factory=list)
    step_losses: list[float] = field(default_factory=list)
    ending: Ending = "finished"
    best: int | None = None

    def __len__(self) -> int:
        return len(self.epochs)

    def __iter__(self) -> Iterator[Epoch]:
        return iter(self.epochs)

    def __getitem__(self, place: int) -> Epoch:
        return self.epochs[place]

    @property
    def loss(self) -> list[float]:
        """The mean loss of each epoch."""
        return [epoch.loss for epoch in self.epochs]

    @property
    def accuracy(self) -> list[float]:
        """The share of right answers of each epoch."""
        return [epoch.accuracy for epoch in self.epochs]

    @property
    def validation_loss(self) -> list[float]:
        """The loss on the validation data after each epoch."""
        return [epoch.validation_loss for epoch in self.epochs]

    @property
    def validation_accuracy(self) -> list[float]:
        """The share of right answers on the validation data after each epoch."""
        return [epoch.validation_accuracy for epoch in self.epochs]

    @property
    def learning_rate(self) -> list[float]:
        """The learning rate of each epoch."""
        return [epoch.learning_rate for epoch in self.epochs]

    @property
    def seconds(self) -> list[float]:
        """How long each epoch took."""
        return [epoch.seconds for epoch in self.epochs]

    def __str__(self) -> str:
        rows = [cells(epoch) for epoch in self.epochs]
        used = [k for k in range(len(TITLES)) if not rows or any(row[k] != "-" for row in rows)]
        table = [TITLES, *rows]
        widths = [max(len(row[k]) for row in table) for k in range(len(TITLES))]
        lines = ["  ".join(row[k].rjust(widths[k]) for k in used) for row in table]
        words: str = self.ending
        if self.ending == "interrupted":
            words += f" in epoch {len(self) + 1}, after {len(self.step_losses)} steps"
        if self.best is not None:
            words += f"; the weights are those of epoch {self.best}"
        return "\n".join([*lines, words])

    __repr__ = __str__

    def as_plain(self) -> dict[str, Any]:
        """As dictionaries and lists, for JSON."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> History:
        """What as_plain gave."""
        epochs = [Epoch(**epoch) for epoch in plain["epochs"]]
        return cls(**{**plain, "epochs": epochs})


def cells(epoch: Epoch) -> tuple[str, ...]:
    """The numbers of an epoch as the table shows them; "-" for those that there are not."""
    return (
        str(epoch.number), _loss(epoch.loss), _share(epoch.accuracy),
        _loss(epoch.validation_loss), _share(epoch.validation_accuracy),
        f"{epoch.learning_rate:.3g}", f"{epoch.seconds:.1f}",
    )


def line(epoch: Epoch, epochs: int) -> str:
    """An epoch as one line: "epoch 3/10  loss 0.0521  accuracy 98.41 %  ...  4.1 s"."""
    named = zip(("loss", "accuracy", "validation loss", "validation accuracy"), cells(epoch)[1:5],
                strict=True)
    found = [f"{name} {cell}" for name, cell in named if cell != "-"]
    head = f"epoch {epoch.number:{len(str(epochs))}}/{epochs}"
    return "  ".join([head, *found, f"{epoch.seconds:.1f} s"])


def _loss(number: float) -> str:
    return "-" if isnan(number) else f"{number:.4f}"


def _share(number: float) -> str:
    return "-" if isnan(number) else f"{100 * number:.2f} %"


@dataclass
class Sums:
    """The epoch that is going on, added up."""

    loss: float = 0.0
    hits: float = 0.0
    samples: int = 0
    seconds: float = 0.0

    def add(self, loss: float, accuracy: float, size: int) -> None:
        self.loss += size * loss
        self.hits += size * accuracy
        self.samples += size

    def means(self) -> tuple[float, float]:
        """Loss and accuracy."""
        return (self.loss / self.samples, self.hits / self.samples) if self.samples else (nan, nan)
