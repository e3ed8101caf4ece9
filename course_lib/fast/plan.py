"""The plan: a network made ready to run. See `compile`."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from course_lib.arrays import Array, expect_shape, expect_whole, float_array
from course_lib.fast.crew import Crew, blas_threads
from course_lib.fast.errors import CannotCompile
from course_lib.fast.losses import check_targets, measure_of
from course_lib.fast.program import Program
from course_lib.layers import BatchNorm1d, BatchNorm2d, Dropout, Layer


class Plan:
    """What the network computes, up to rounding, in an order that suits a processor.

    Made by `compile`. forward and step raise TypeError or ValueError for a batch x that is no
    float array (N, *input_shape) with at least one sample.
    """

    def __init__(
        self,
        model: Layer,
        input_shape: tuple[int, ...],
        loss: str,
        micro_batch: int | None,
        threads: int,
    ) -> None:
        self.model, self.input_shape, self.loss = model, tuple(input_shape), loss
        self._measure = measure_of(loss)
        self._micro_batch = micro_batch
        self._crew = Crew(threads)
        self._modes = [
            layer for layer in model.layers_within()
            if isinstance(layer, BatchNorm1d | BatchNorm2d | Dropout)
        ]
        self._programs: dict[tuple[bool, ...], Program] = {}
        self.dtype = _dtype_of(model)
        self._program()

    def forward(self, x: Array) -> Array:
        """The network's answers for x (N, *input_shape), as model.forward(x) gives them."""
        program = self._program()
        with blas_threads(self._crew.threads if program.whole else 1):
            return program.forward(self._checked(x), self._crew)

    def step(self, x: Array, targets: Array) -> tuple[float, Array]:
        """The mean loss over x (N, *input_shape), and the answers; one forward, one backward.

        The grad of every parameter is replaced: no zero_grad is needed before.
        Raises what the loss of the same name in functional raises for its targets.
        """
        program, x = self._program(), self._checked(x)
        targets = check_targets(self.loss, targets, len(x), program.y.shape, self.dtype)
        with blas_threads(self._crew.threads if program.whole else 1):
            return program.step(x, targets, self._measure, self._crew)

    def _program(self) -> Program:
        """That for the layers as they are now: a network in training is another one."""
        key = tuple(layer.training for layer in self._modes)
        if key not in self._programs:
            self._programs[key] = Program(
                self.model, self.input_shape, self.dtype, self._micro_batch
            )
        return self._programs[key]

    def _checked(self, x: Array) -> Array:
        x = float_array("Plan", "x", x)
        expect_shape("Plan", "x", x, ("N", *self.input_shape))
        if not len(x):
            raise ValueError(f"Plan expects at least one sample; got x of shape {x.shape}.")
        return x.astype(self.dtype, copy=False)


def compile(
    model: Layer,
    input_shape: tuple[int, ...],
    *,
    loss: str = "cross_entropy",
    micro_batch: int | None = None,
    threads: int | None = None,
) -> Plan:
    """A plan that runs the network faster, and computes what its layers compute, up to rounding.

    input_shape: that of one sample, (C, H, W) or (F,). loss: the name of a mean loss in
    functional. micro_batch: so many samples go through the network together; None: as many as
    suit a processor's cache. threads: how many work side by side; None: one for each processor.
    They change no bit of the result.
    The plan reads the parameters at each call, and follows train() and eval().
    Raises CannotCompile, which names the layer and the reason, for a network with a layer that
    no plan knows; ValueError or TypeError for settings that make no sense.
    """
    for name, value in (("micro_batch", micro_batch), ("threads", threads)):
        if value is not None:
            expect_whole(name, value, least=1)
    if len(input_shape) not in (1, 3):
        raise ValueError(
            f"input_shape is that of one sample, (C, H, W) or (F,); got {tuple(input_shape)}."
        )
    return Plan(model, input_shape, loss, micro_batch, threads or os.cpu_count() or 1)


def _dtype_of(model: Layer) -> Any:
    dtypes = sorted({str(parameter.data.dtype) for parameter in model.parameters()})
    if len(dtypes) > 1:
        raise CannotCompile(
            f"fast.compile expects parameters of one dtype; {type(model).__name__} has "
            f"{' and '.join(dtypes)}."
        )
    return np.dtype(dtypes[0] if dtypes else np.float64)
