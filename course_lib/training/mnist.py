"""`python -m course_lib.training.mnist --model lenet5 --seed 0`: learn to read handwriting.

One line an epoch. The test digits are looked at after every epoch, but nothing is chosen by
them: what counts is the last line. Without MNIST on this computer the digits that come with the
course are read instead.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

from course_lib import fast
from course_lib.data import DataLoader, Dataset, load_mnist_or_digits
from course_lib.layers import Sequential
from course_lib.models import save_weights
from course_lib.optim import CosineAnnealingLR
from course_lib.training.fitting import fit
from course_lib.training.history import History
from course_lib.training.learner import evaluate
from course_lib.training.recipes import RECIPES, Recipe


def train_digits(
    recipe: Recipe,
    digits: Dataset,
    *,
    seed: int = 0,
    epochs: int | None = None,
    augment: bool = False,
    quick: bool = False,
    checkpoint: Path | None = None,
) -> tuple[Sequential, History]:
    """A network trained by a recipe on images (N, 1, 28, 28), and its history.

    All that is random comes from `seed`. epochs: other than the recipe's; the rate reaches 0 at
    the last one. quick: by course_lib.fast. Prints a line an epoch. Raises as fit does.
    """
    rng = np.random.default_rng(seed)
    network = recipe.make(rng=rng)
    epochs = recipe.epochs if epochs is None else epochs
    loader = DataLoader(
        digits.x_train, digits.y_train, recipe.batch_size,
        augment=recipe.augment if augment else None, rng=rng,
    )
    optimizer = recipe.optimizer([fast.one_parameter(network)])
    history = fit(
        network, loader, epochs=epochs, optimizer=optimizer,
        schedule=CosineAnnealingLR(optimizer, epochs), validation=(digits.x_test, digits.y_test),
        fast=quick, checkpoint=checkpoint, resume=True, show="lines",
    )
    return network, history


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    if options.epochs is not None and options.epochs < 1:
        print(f"--epochs must be at least 1; got {options.epochs}.", file=sys.stderr)
        return 2
    digits = load_mnist_or_digits()
    recipe: Recipe = RECIPES[options.model]
    epochs = options.epochs or recipe.epochs
    print(f"{options.model}, seed {options.seed}: {len(digits.x_train):,} images ({digits.name}); "
          f"validation means the {len(digits.x_test):,} test images", flush=True)
    network, history = train_digits(
        recipe, digits, seed=options.seed, epochs=epochs, augment=options.augment,
        quick=options.fast, checkpoint=options.checkpoint,
    )
    if history.ending == "interrupted":
        print("interrupted; nothing is saved")
        return 1
    accuracy = evaluate(network, digits.x_test, digits.y_test).accuracy
    print(f"{options.model}, seed {options.seed}: {100 * accuracy:.2f} % of the test images right, "
          f"{sum(history.seconds):.0f} s")
    if options.save:
        save_weights(options.save, network, {
            "model": options.model, "data": digits.name, "test_accuracy": f"{accuracy:.4f}",
            "command": _command(options, epochs),
        })
    return 0


def _command(options: argparse.Namespace, epochs: int) -> str:
    words = ["python -m course_lib.training.mnist", f"--model {options.model}",
             f"--seed {options.seed}", f"--epochs {epochs}"]
    words += [f"--{name}" for name in ("augment", "fast") if getattr(options, name)]
    return " ".join([*words, f"--save {options.save.name}"])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m course_lib.training.mnist", description=__doc__)
    parser.add_argument("--model", choices=sorted(RECIPES), default="lenet5")
    parser.add_argument("--seed", type=int, default=0, help="what all that is random comes from")
    parser.add_argument("--epochs", type=int, help="other than the recipe's")
    parser.add_argument("--augment", action="store_true",
                        help="shift, turn and scale the images a little while learning")
    parser.add_argument("--fast", action="store_true", help="run by course_lib.fast")
    parser.add_argument("--checkpoint", type=Path, metavar="FILE",
                        help="store the training there after each epoch, and go on from it")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the weights there")
    return parser


if __name__ == "__main__":
    sys.exit(main())
