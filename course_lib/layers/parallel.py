"""Layers side by side: all see the same input, and their outputs are laid one after the other."""

from typing import Any

import numpy as np

from course_lib.arrays import Array
from course_lib.layers.layer import Layer
from course_lib.layers.members import named, shown


class Parallel(Layer):
    """y = (f_1(x), f_2(x), ...) along the axis of the channels: the inception module.

    The branches make images of the same size, with any number of channels each. Names as for
    Sequential. Raises TypeError for anything but layers, ValueError for no branch, for one layer
    object in two places and, in forward, for sizes that differ.
    Source: Wuppertal 001:672-683; Szegedy et al. 2015.
    """

    def __init__(self, *branches: Layer, **named_branches: Layer) -> None:
        self._members = named("Parallel", branches, named_branches)
        if not self._members:
            raise ValueError("Parallel expects at least one branch; got none.")

    @property
    def branches(self) -> tuple[Layer, ...]:
        """The branches, in the order of their channels."""
        return tuple(self._members.values())

    def forward(self, x: Array) -> Array:
        """y of shape (N, sum of the branches' channels, ...)."""
        outputs = [branch.forward(x) for branch in self.branches]
        shapes = [y.shape for y in outputs]
        if len({shape[:1] + shape[2:] for shape in shapes}) > 1:
            raise ValueError(
                f"Parallel expects branches that differ in channels only; got "
                f"{', '.join(map(str, shapes))}. Pad the larger windows."
            )
        self._remember([shape[1] for shape in shapes])
        return np.concatenate(outputs, axis=1)

    def backward(self, grad_output: Array) -> Array:
        """dE/dx: every branch gets its channels' share, and what they return adds up."""
        ends = np.cumsum(self._remembered())[:-1]
        shares = np.split(grad_output, ends, axis=1)
        grads = [
            branch.backward(share) for branch, share in zip(self.branches, shares, strict=True)
        ]
        grad_x: Array = np.sum(grads, axis=0)
        return grad_x

    def parts(self) -> dict[str, Any]:
        others = dict(vars(self))
        del others["_members"]
        return {**self._members, **others}

    def __repr__(self) -> str:
        return shown("Parallel", self._members)
