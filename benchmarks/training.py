"""How long a training step takes, and a whole run, against PyTorch, JAX and the readable layers.

Writes docs/benchmarks.md. `python -m benchmarks training` measures nothing else.
"""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.contenders import by_jax, by_torch, machine, ours
from benchmarks.contenders.pages import PAGE, write_training
from benchmarks.contenders.timing import Step, percentiles
from course_lib.data import load_mnist_or_digits
from course_lib.models import lenet5
from course_lib.optim import SGD
from course_lib.training.mnist import train_digits
from course_lib.training.recipes import WARPS, Recipe

EPOCHS = 10
SETTINGS = {"lr": 0.05, "momentum": 0.9, "weight_decay": 5e-4}
RECIPE = Recipe(partial(lenet5, n_in=28), partial(SGD, **SETTINGS), WARPS)
EAGER, LAST, JAX, PLAIN = "torch eager", "channels_last", "jax jit", "our layers"
SHAPES = {"lenet5": (1, 32, 32), "mlp": (784,), "resnet20": (3, 32, 32), "conv": (64, 32, 32)}


@dataclass(frozen=True)
class Race:
    """A network, a batch, a number of threads; the ratio to PyTorch eager that is aimed at."""

    network: str
    batch: int
    threads: int
    bar: float | None

    @property
    def title(self) -> str:
        return f"{self.network} b{self.batch} t{self.threads}"


RACES = (
    Race("lenet5", 64, 2, 0.65), Race("lenet5", 256, 2, 0.65),
    Race("lenet5", 64, 1, 0.55), Race("lenet5", 256, 1, 0.55),
    Race("mlp", 64, 2, 0.80), Race("mlp", 256, 2, 0.95),
    Race("conv", 32, 2, 1.25), Race("conv", 32, 1, None), Race("resnet20", 32, 2, 1.5),
)


def steps_of(race: Race, torch: Any, jax: Any) -> dict[str, Step]:
    """The contenders, ours first."""
    rng, name, threads = np.random.default_rng(0), race.network, race.threads
    x = rng.standard_normal((race.batch, *SHAPES[name]), dtype=np.float32)
    if torch:
        torch.set_num_threads(threads)
    if name == "conv":
        grad = rng.standard_normal(x.shape, dtype=np.float32)
        steps = {"fast": ours.conv_step(x, grad, threads)}
        for title, last in ((EAGER, False), (LAST, True)) if torch else ():
            steps[title] = by_torch.conv_step(torch, x, grad, channels_last=last)
        return steps
    targets = rng.integers(0, 10, race.batch)
    steps = {"fast": ours.fast_step(name, x, targets, threads)}
    if torch:
        steps[EAGER] = by_torch.step(torch, name, x, targets, channels_last=False)
        if x.ndim == 4:
            steps[LAST] = by_torch.step(torch, name, x, targets, channels_last=True)
    if jax and threads > 1 and name in by_jax.NETWORKS:    # it takes all processors there are
        steps[JAX] = by_jax.step(jax, name, x, targets)
    if name != "resnet20":
        steps[PLAIN] = ours.plain_step(name, x, targets, threads)
    return steps


def run(race: Race, torch: Any, jax: Any) -> tuple[list[str], str]:
    """Lines of the table, and the line at the end."""
    taken, disturbance = percentiles(steps_of(race, torch, jax))
    mine = taken["fast"]
    note = f" ({disturbance})" if disturbance else ""
    rows = [
        f"| {race.title} | {name} | {1000 * seconds:.2f} | {mine / seconds:.2f} |"
        for name, seconds in taken.items()
    ]
    ratios = [f"{mine / seconds:.2f} of {name}" for name, seconds in taken.items()
              if name != "fast"]
    return rows, f"{race.title}: {', '.join(ratios)}{_verdict(race.bar, taken, mine)}{note}"


def _verdict(bar: float | None, taken: dict[str, float], mine: float) -> str:
    if bar is None or EAGER not in taken:
        return ""
    reached = "reached" if mine / taken[EAGER] <= bar else "NOT reached"
    return f" [aim {bar:.2f} of {EAGER}: {reached}]"


def whole_run(torch: Any) -> list[str]:
    """Ten epochs of LeNet-5 with a test after each, and the same in PyTorch."""
    digits = load_mnist_or_digits()
    start = perf_counter()
    with redirect_stdout(io.StringIO()):
        _, history = train_digits(RECIPE, digits, epochs=EPOCHS, quick=True)
    mine = perf_counter() - start
    what = f"whole run, {EPOCHS} epochs of {len(digits.x_train):,} images ({digits.name})"
    accuracy = history.validation_accuracy[-1]
    lines = [f"{what}: fast {mine:.1f} s, {100 * accuracy:.2f} % of the test images right"]
    if torch:
        torch.set_num_threads(2)
        start = perf_counter()
        right = by_torch.whole_run(torch, digits, RECIPE.batch_size, EPOCHS, SETTINGS)
        theirs = perf_counter() - start
        reached = "reached" if mine / theirs <= 0.75 else "NOT reached"
        lines += [
            f"{what}: {EAGER} {theirs:.1f} s, {100 * right:.2f} % right",
            f"whole run: {mine / theirs:.2f} of {EAGER} [aim 0.75: {reached}]",
        ]
    return lines


def page(rows: list[str], lines: list[str]) -> str:
    table = ["| step | by | ms (tenth percentile) | fast takes of it |", "|---|---|---|---|", *rows]
    return "\n".join([
        "# What training costs", "",
        "Written by `make bench`; do not edit. A step is forward, loss, backward and SGD with",
        "momentum, in float32; that of `conv` is a 3 x 3 convolution of 64 to 64 channels on",
        "images of 32 x 32, forward and backward, in each contender's own layout. `fast` is",
        "course_lib.fast, `our layers` the readable ones (textbook im2col). All contenders run in",
        "one process, in turns of 0.2 s. Ratios with two threads vary by about 0.05 from run to",
        "run, those with one thread by less. b: batch, t: threads.", "",
        *[f"- {line}" for line in machine.description()], "", *table, "",
        "```", *lines, "```", "",
    ])


def main() -> None:
    torch, jax = _imported("torch"), _imported("jax")
    rows: list[str] = []
    lines: list[str] = []
    for race in RACES:
        more, line = run(race, torch, jax)
        print("\n".join(more), flush=True)
        rows += more
        lines.append(line)
    lines += whole_run(torch)
    print("\n".join(lines))
    write_training(page(rows, lines))
    print(f"written to {PAGE.relative_to(Path.cwd()) if PAGE.is_relative_to(Path.cwd()) else PAGE}")


def _imported(name: str) -> Any:
    try:
        return __import__(name)
    except ImportError:
        print(f"{name} is not installed: nothing is compared with it")
        return None
