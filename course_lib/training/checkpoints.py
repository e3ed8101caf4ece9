"""A training in a file: all that its next step depends on.

One safetensors file, written whole or not at all. It holds the weights, the memory of the
optimiser, the order of the epoch that is going on, and the state of every random generator; a
training that goes on from it takes the same steps to the bit, on the same machine.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import numpy as np

from course_lib.arrays import Array
from course_lib.data import DataLoader
from course_lib.models import read_state, write_state
from course_lib.optim import ReduceLROnPlateau
from course_lib.training.history import History, Sums
from course_lib.training.loop import Run
from course_lib.training.stopping import Watch

FORMAT = 1
PLAIN = "plain"
"""The entry with what is no array: JSON, as bytes."""


class Progress:
    """A training as it is stored: the run, what happened so far, and what is watched."""

    def __init__(
        self, run: Run, watch: Watch | None, plateau: ReduceLROnPlateau | None
    ) -> None:
        self.run, self.watch, self.plateau = run, watch, plateau
        self.history, self.sums = History(), Sums()

    @property
    def over(self) -> bool:
        """Whether no step is left to do."""
        return self.run.epoch >= self.run.epochs or self.history.ending == "stopped early"

    def save(self, path: Path) -> None:
        """Write it to a file, in place of the one before. Raises as write_state does."""
        write_state(path, self._stored())

    def load(self, path: Path) -> None:
        """Go on where `path` was written.

        Raises ValueError for a file that is damaged or of another training; then everything is
        as it was.
        """
        state = read_state(path)
        before = self._stored()
        try:
            why = self._restore(state)
        except KeyError as error:
            why = f"it has no {error}."
        except (TypeError, ValueError) as error:
            why = str(error)
        if why:
            self._restore(before)
            raise ValueError(
                f"{path.name} is no checkpoint of this training: {why} Go on with the network, "
                "the data and the settings that it was written with, or delete it."
            )

    def _stored(self) -> dict[str, Array]:
        run, loader = self.run, self._loader
        stands = loader.state_dict()
        plain = {
            "format": FORMAT, "number": run.number, "epoch": run.epoch,
            "batch_size": loader.batch_size, "position": stands["position"],
            "generators": [rng.bit_generator.state for rng in self._generators()],
            "history": self.history.as_plain(), "sums": asdict(self.sums),
        }
        stored = {f"model/{name}": array for name, array in run.model.state_dict().items()}
        stored |= _under("optimizer", run.optimizer.state_dict())
        stored |= {"loader/order": stands["order"]}
        for name, schedule in self._schedules().items():
            stored |= _under(name, schedule.state_dict())
        if self.watch is not None:
            plain["watch"] = [self.watch.best, self.watch.value, self.watch.since]
            stored |= _under("best", self.watch.weights)
        text = json.dumps(plain, default=np.ndarray.tolist)
        return stored | {PLAIN: np.frombuffer(text.encode(), np.uint8)}

    def _restore(self, state: dict[str, Array]) -> str:
        """Take over a stored training; what speaks against it, if something does."""
        run, loader = self.run, self._loader
        plain = json.loads(state[PLAIN].tobytes())
        if plain["format"] != FORMAT:
            return f"it has format {plain['format']}, and this library reads {FORMAT}."
        if plain["batch_size"] != loader.batch_size:
            return (f"it was written with batches of {plain['batch_size']}, and these have "
                    f"{loader.batch_size}.")
        if len(plain["generators"]) != len(self._generators()):
            return "it has another number of random generators."
        if ("watch" in plain) != (self.watch is not None):
            return "only one of the two stops early."
        run.model.load_state_dict(_of("model", state))
        run.optimizer.load_state_dict(_of("optimizer", state))
        loader.load_state_dict(
            {"order": state["loader/order"], "position": plain["position"], "rng": None}
        )
        for name, schedule in self._schedules().items():
            schedule.load_state_dict(_of(name, state))
        for rng, kept in zip(self._generators(), plain["generators"], strict=True):
            rng.bit_generator.state = kept
        run.number, run.epoch = plain["number"], plain["epoch"]
        self.history, self.sums = History.from_plain(plain["history"]), Sums(**plain["sums"])
        if self.watch is not None:
            self.watch.best, self.watch.value, self.watch.since = plain["watch"]
            self.watch.weights = _of("best", state)
        return ""

    @property
    def _loader(self) -> DataLoader:
        return cast(DataLoader, self.run.batches)

    def _schedules(self) -> dict[str, Any]:
        found = {"schedule": self.run.schedule, "plateau": self.plateau}
        return {name: schedule for name, schedule in found.items() if schedule is not None}

    def _generators(self) -> list[np.random.Generator]:
        """Each random generator of the loader and of the network, once, in a fixed order."""
        found = [self._loader.rng]
        for layer in self.run.model.layers_within():
            found += [value for value in vars(layer).values()
                      if isinstance(value, np.random.Generator)]
        return list({id(rng): rng for rng in found if rng is not None}.values())


def _under(name: str, state: dict[str, Array]) -> dict[str, Array]:
    return {f"{name}/{key}": array for key, array in state.items()}


def _of(name: str, state: dict[str, Array]) -> dict[str, Array]:
    prefix = f"{name}/"
    return {key.removeprefix(prefix): array for key, array in state.items()
            if key.startswith(prefix)}
