"""What a viewer draws of every layer: its own numbers, the gradients, or how far two differ."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from course_lib.arrays import Array
from course_lib.plots.palette import number
from course_lib.widgets.layer_trace import Look, Stage

__all__ = ["QUANTITIES", "WHOSE", "Picture", "Quantity", "Whose", "agreement", "pictures_of"]

Quantity = Literal["activations", "gradients"]
Whose = Literal["yours", "reference", "difference"]
QUANTITIES, WHOSE = get_args(Quantity), get_args(Whose)
MOST_MAPS, MOST_UNITS, MOST_PIXELS = 32, 1000, 64
ALIKE = 1e-5


@dataclass(frozen=True)
class Picture:
    """The numbers of one stage, as many as can be seen, and how to colour them.

    values: (C, rows, columns) or (F,); every step-th pixel of the first maps. shape: of all.
    limits: least and largest of all values. note: what is left out, or why nothing is there.
    """

    title: str
    shape: tuple[int, ...]
    values: Array
    step: int
    limits: tuple[float, float]
    colours: str
    note: str


def pictures_of(
    look: Look, reference: Look | None, quantity: Quantity, whose: Whose
) -> list[Picture]:
    """One picture for each stage of the learner's network.

    difference: the learner's minus the reference's. Stages are compared in their order.
    """
    others: list[Stage] = reference.stages if reference else []
    found = []
    for place, stage in enumerate(look.stages):
        other = others[place] if place < len(others) else None
        values, note = _chosen(stage, other, quantity, whose)
        signed = quantity == "gradients" or whose == "difference"
        found.append(_picture(stage, values, note, signed))
    return found


def agreement(look: Look, reference: Look, quantity: Quantity) -> str:
    """In one sentence: the first stage in which the two differ, or that none does.

    Gradients come from the output, so their first stage is the last one of the network.
    """
    order = list(enumerate(look.stages))
    back = quantity == "gradients"
    for place, stage in reversed(order) if back else order:
        other = reference.stages[place] if place < len(reference.stages) else None
        values, note = _chosen(stage, other, quantity, "difference")
        theirs = _values(other, quantity)
        if values is None or theirs is None:
            return f"{stage.name} cannot be compared: {note}"
        scale = float(np.abs(theirs).max(initial=1.0))
        apart = float(np.abs(values).max(initial=0.0))
        if not apart <= ALIKE * scale:
            start = "Going back from the output, the first" if back else "The first"
            return f"{start} layer that differs is {stage.name}: up to {number(apart)} apart."
    return f"All {len(look.stages)} layers agree with the reference."


def _chosen(
    stage: Stage, other: Stage | None, quantity: Quantity, whose: Whose
) -> tuple[Array | None, str]:
    name = "gradient" if quantity == "gradients" else "value"
    mine, theirs = _values(stage, quantity), _values(other, quantity)
    if whose != "reference" and mine is None:
        return None, f"there is no {name} here."
    if whose == "yours":
        return mine, ""
    if theirs is None:
        return None, f"the reference has no {name} here."
    if whose == "reference" or mine is None:
        return theirs, ""
    if mine.shape != theirs.shape:
        return None, f"yours has shape {mine.shape}, the reference {theirs.shape}."
    return mine - theirs, ""


def _values(stage: Stage | None, quantity: Quantity) -> Array | None:
    if stage is None:
        return None
    return stage.gradient if quantity == "gradients" else stage.values


def _picture(stage: Stage, values: Array | None, note: str, signed: bool) -> Picture:
    if values is None:
        return Picture(stage.title, (0,), np.empty(0), 1, (0.0, 0.0), "gray", note)
    maps = _as_maps(values)
    finite = maps[np.isfinite(maps)]
    limits = (float(finite.min(initial=0.0)), float(finite.max(initial=0.0)))
    if finite.size:
        limits = (float(finite.min()), float(finite.max()))
    colours = "PuOr" if signed or limits[0] < 0 else "gray" if stage.name == "input" else "viridis"
    if maps.ndim == 1:
        shown, step = maps[:MOST_UNITS], 1
        left_out = f"the first {MOST_UNITS} of {maps.size} units" if maps.size > MOST_UNITS else ""
    else:
        step = -(-max(maps.shape[1:]) // MOST_PIXELS)
        shown = maps[:MOST_MAPS, ::step, ::step]
        parts = [
            f"the first {MOST_MAPS} of {len(maps)} maps" if len(maps) > MOST_MAPS else "",
            f"every {step}. pixel" if step > 1 else "",
        ]
        left_out = ", ".join(filter(None, parts))
    note = f"Shown: {left_out}." if left_out else ""
    return Picture(stage.title, maps.shape, shown, step, limits, colours, note)


def _as_maps(values: Array) -> Array:
    """(F,) or (C, rows, columns), whatever the shape; numbers keep their order."""
    if values.ndim <= 1:
        return values.reshape(-1)
    return values.reshape(-1, *values.shape[-2:])
