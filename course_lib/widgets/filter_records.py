"""The filters of every layer of a network, and what each makes of one image."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.arrays import Array
from course_lib.plots.palette import number
from course_lib.widgets.layer_trace import Stage, look_inside


@dataclass(frozen=True)
class FilterLayer:
    """One layer: its maps of one image, and the weights that made them, if it has any.

    maps: (K, H, W); a dense layer has K numbers, (K, 1, 1). filters: (K, C, F_h, F_w), or None
    for a layer without weights; those of a dense layer are laid out like the maps below it where
    its input is made of such, else (K, 1, 1, features).
    """

    name: str
    title: str
    maps: Array
    filters: Array | None

    def sentence(self, index: int) -> str:
        """One map and its filter in words."""
        values = self.maps[index]
        size = " x ".join(map(str, values.shape))
        low, high = number(float(values.min())), number(float(values.max()))
        what = f"{self.name}, map {index} of {len(self.maps)}: "
        if values.size == 1:
            what += f"one number, {low}."
        elif low == high:
            what += f"{size} numbers, all {low}."
        else:
            what += f"{size} numbers from {low} to {high}."
        if self.filters is None:
            return f"{what} This layer has no filters of its own."
        kernels = self.filters[index]
        count = f"{len(kernels)} kernels of" if len(kernels) > 1 else "one kernel of"
        area = " x ".join(map(str, kernels.shape[1:]))
        return f"{what} Its filter has {count} {area}; they add up to {number(kernels.sum())}."

    @property
    def words(self) -> str:
        """How many maps are nothing but 0 for this image."""
        silent = int((self.maps == 0).all(axis=(1, 2)).sum())
        verb = "is" if silent == 1 else "are"
        return f"{silent} of the {len(self.maps)} maps {verb} 0 everywhere." if silent else ""


@dataclass(frozen=True)
class Filters:
    """image (C, H, W); the layers that made something of it; what stopped the network, or ""."""

    image: Array
    layers: tuple[FilterLayer, ...]
    problem: str


def filter_layers(network: Any, x: Any) -> Filters:
    """Run the network on one image, (1, C, H, W) or (1, features), and note filters and maps.

    network: a layer or model of this course, or a list or a dict of the learner's functions, as
    for look_inside. What it does wrong ends in `problem`; the layers before that are there.
    Raises TypeError for what is no network, ValueError for an x that is not one image.
    """
    try:
        look = look_inside(network, x)
    except (TypeError, ValueError) as problem:
        raise type(problem)(str(problem).replace("LayerViewer", "FilterBrowser")) from None
    stages, layers = look.stages, []
    for place, stage in enumerate(stages[1:], start=1):
        maps = _as_maps(stage.values)
        if not maps.size or not np.isfinite(maps).all():
            break
        layers.append(FilterLayer(stage.name, stage.title, maps, _filters(stages, place)))
    return Filters(_as_maps(stages[0].values), tuple(layers), look.problem)


def _as_maps(values: Array) -> Array:
    if values.ndim < 2:
        return values.reshape(-1, 1, 1)
    return values.reshape(-1, *values.shape[-2:])


def _filters(stages: list[Stage], place: int) -> Array | None:
    weight = getattr(getattr(stages[place].layer, "weight", None), "data", None)
    if not isinstance(weight, np.ndarray) or len(weight) != len(_as_maps(stages[place].values)):
        return None
    if weight.ndim == 4:
        return weight.astype(float)
    if weight.ndim != 2:
        return None
    for stage in reversed(stages[:place]):  # the last maps that were flattened
        if stage.values.size != weight.shape[1]:
            break
        if stage.values.ndim == 3:
            return weight.reshape(len(weight), *stage.values.shape).astype(float)
    return weight.reshape(len(weight), 1, 1, -1).astype(float)
