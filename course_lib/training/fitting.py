"""Training from the first to the last epoch: progress, validation, checkpoints, early stopping."""

from __future__ import annotations

import os
from math import nan
from pathlib import Path
from time import perf_counter
from typing import Literal

import numpy as np

from course_lib.arrays import Array, expect_whole
from course_lib.data import DataLoader, Dataset
from course_lib.layers import Layer
from course_lib.optim import Adam, Optimizer, ReduceLROnPlateau, Schedule
from course_lib.training.checkpoints import Progress
from course_lib.training.display import Display, display
from course_lib.training.history import Epoch, History, Sums
from course_lib.training.learner import Score, expect_finite
from course_lib.training.loop import Run
from course_lib.training.losses import LossName, LossPair, expect_classes
from course_lib.training.step import Step
from course_lib.training.stopping import EarlyStopping, Watch

Pair = tuple[Array, Array]
Data = DataLoader | Dataset | Pair
NO_TEST = Score(nan, nan)


def fit(
    model: Layer,
    data: Data,
    *,
    epochs: int,
    optimizer: Optimizer | None = None,
    loss: LossName | LossPair | None = None,
    validation: DataLoader | Pair | None = None,
    schedule: Schedule | ReduceLROnPlateau | None = None,
    early_stopping: EarlyStopping | None = None,
    checkpoint: str | os.PathLike[str] | None = None,
    every: int | None = None,
    resume: bool = False,
    fast: bool = False,
    batch_size: int | None = None,
    rng: np.random.Generator | None = None,
    show: Literal["bar", "lines", "nothing"] = "bar",
) -> History:
    """Train a network for `epochs` epochs; returns what it was like, and leaves it ready for use.

    data: a DataLoader; or a Dataset (its training part) or a pair (x, y), of which batches of
    batch_size (64) are made, shuffled by rng. optimizer: Adam with its usual settings if none is
    given. loss, fast: as for train. validation: a pair (x, y) to test with after every epoch, as
    it is (of a DataLoader its samples, unshuffled). schedule moves on after every epoch;
    ReduceLROnPlateau looks at the validation loss, or without validation at the training loss.
    early_stopping: see EarlyStopping; needs validation.
    checkpoint: a file in which the training is stored after `every` steps (None: every epoch).
    resume=True goes on from it if it is there; then all steps are those, to the bit, that a
    training without interruption takes on the same machine. show: a progress bar, a line for
    each epoch, or nothing. Ctrl-C ends the training and returns the history so far.
    Raises TypeError and ValueError for what does not fit, FileExistsError for a checkpoint that
    is there although resume is False, TrainingDiverged for a loss that is nan or infinite.
    """
    _expect_settings(validation, early_stopping, checkpoint, every, show)
    loader = _loader(data, batch_size, rng)
    optimizer = Adam(model.parameters()) if optimizer is None else optimizer
    plateau = schedule if isinstance(schedule, ReduceLROnPlateau) else None
    by_epochs = None if isinstance(schedule, ReduceLROnPlateau) else schedule
    run = Run(model, loader, optimizer, loss, epochs, by_epochs, fast=fast)
    tests = _tests(run, validation)
    progress = Progress(run, Watch(early_stopping) if early_stopping else None, plateau)
    path = None if checkpoint is None else _checkpoint(Path(checkpoint), progress, resume)
    shown = display(show, run.number, epochs, len(loader))
    try:
        _run(progress, tests, shown, path, every or len(loader))
    except KeyboardInterrupt:
        progress.history.ending = "interrupted"
    finally:
        shown.close()
        model.eval()
    if progress.watch is not None:
        progress.watch.restore(model)
        progress.history.best = progress.watch.best
    return progress.history


def _run(
    progress: Progress, tests: Pair | None, shown: Display, path: Path | None, every: int
) -> None:
    """All steps that are still to do. The clock of an epoch stops while it is stored."""
    history, run = progress.history, progress.run
    if progress.over:
        return
    start = perf_counter() - progress.sums.seconds
    for step in run:
        progress.sums.add(step.loss, step.accuracy, step.size)
        history.step_losses.append(step.loss)
        shown.step(step)
        if step.ends_epoch:
            over = _epoch(progress, step, tests, start)
            shown.epoch(over, run.epochs)
            start = perf_counter()
        if path is not None and (step.number % every == 0 or progress.over):
            progress.sums.seconds = perf_counter() - start
            progress.save(path)
        if progress.over:
            break


def _epoch(progress: Progress, step: Step, tests: Pair | None, start: float) -> Epoch:
    """An epoch is over: test, and note all that follows from it."""
    run, history = progress.run, progress.history
    score = run.learner.score(*tests) if tests is not None else NO_TEST
    if tests is not None:
        expect_finite(score.loss, tests[0], step.learning_rate)
    loss, accuracy = progress.sums.means()
    over = Epoch(
        step.epoch, loss, accuracy, *score, step.learning_rate, perf_counter() - start
    )
    history.epochs.append(over)
    progress.sums = Sums()
    if progress.plateau is not None:
        progress.plateau.step(loss if tests is None else score.loss)
    if progress.watch is not None:
        progress.watch.see(over, run.model)
        if progress.watch.enough:
            history.ending = "stopped early"
    return over


def _loader(data: Data, batch_size: int | None, rng: np.random.Generator | None) -> DataLoader:
    if isinstance(data, DataLoader):
        if batch_size is not None or rng is not None:
            raise ValueError(
                "A DataLoader has its own batch_size and rng; leave those of fit out."
            )
        return data
    pair = (data.x_train, data.y_train) if isinstance(data, Dataset) else data
    if not isinstance(pair, tuple) or len(pair) != 2:
        raise TypeError(
            "fit expects a DataLoader, a Dataset or a pair (x, y) of samples and targets; got "
            f"{type(data).__name__}."
        )
    return DataLoader(*pair, batch_size, rng=rng)


def _tests(run: Run, validation: DataLoader | Pair | None) -> Pair | None:
    """The validation data as arrays that fit the network."""
    if validation is None:
        return None
    if isinstance(validation, DataLoader):
        validation = validation.x, validation.y
    if not isinstance(validation, tuple) or len(validation) != 2:
        raise TypeError(
            f"validation is a pair (x, y) or a DataLoader; got {type(validation).__name__}."
        )
    x, y = (np.asarray(part) for part in validation)
    held = DataLoader(x, y, shuffle=False)      # says what is wrong with lengths
    expect_classes(run.learner.loss, run.learner.answers(held.x[:1]), held.y)
    return x, y


def _checkpoint(path: Path, progress: Progress, resume: bool) -> Path:
    """`path`, with the training where the file stands if there is one."""
    if path.is_file() and not resume:
        raise FileExistsError(
            f"{path.name} is there already. Say resume=True to go on from it, or delete it."
        )
    if not path.parent.is_dir():
        raise FileNotFoundError(f"The folder {path.parent} for checkpoints is not there. Make it.")
    if path.is_file():
        progress.load(path)
    return path


def _expect_settings(
    validation: object, early_stopping: object, checkpoint: object, every: int | None, show: str
) -> None:
    if show not in ("bar", "lines", "nothing"):
        raise ValueError(f"show is 'bar', 'lines' or 'nothing'; got {show!r}.")
    if early_stopping is not None and not isinstance(early_stopping, EarlyStopping):
        raise TypeError(
            f"early_stopping is training.EarlyStopping(patience=3), say; got {early_stopping!r}."
        )
    if early_stopping is not None and validation is None:
        raise ValueError(
            "Early stopping looks at validation data; got none. Say validation=(x, y)."
        )
    if every is not None:
        expect_whole("every", every, least=1)
        if checkpoint is None:
            raise ValueError(
                "every says how often a checkpoint is written; got no checkpoint=PATH."
            )
