"""A tape tied to memory, and how a batch runs through it.

The batch is cut into micro-batches, the same ones for any number of threads, and they are dealt
to lanes. Where nothing needs the whole batch, each micro-batch runs forward and back before the
next, in the same memory, which stays in the cache. Batch normalisation needs the whole batch:
there the tape falls into stages, all micro-batches pass one before any enters the next, and each
has memory of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from course_lib.arrays import Array
from course_lib.fast.convolution import Convolution
from course_lib.fast.crew import Crew
from course_lib.fast.elementwise import batch_first, batch_last
from course_lib.fast.losses import Measure
from course_lib.fast.lowering import Tape
from course_lib.fast.operation import Operation
from course_lib.fast.values import Lane, Slot, Value
from course_lib.layers import Layer

LANES = 4
CACHED = 1 << 18
"""The largest value of a micro-batch should have about as many numbers as this."""
MOST = 32


class Group:
    """One micro-batch: its slot, and every operation bound to it."""

    def __init__(self, operations: list[Operation], slot: Slot) -> None:
        self.slot = slot
        self.bound = [operation.bind(slot) for operation in operations]
        self.identity = np.eye(slot.n, dtype=slot.lane.dtype)


class Stage:
    """Calls, by operation and phase, up to a place where the whole batch meets."""

    def __init__(self) -> None:
        self.calls: list[tuple[int, int]] = []
        self.meeting: int | None = None


class Program:
    """The network for one setting of its layers' training flags."""

    def __init__(
        self, model: Layer, input_shape: tuple[int, ...], dtype: Any, micro_batch: int | None
    ) -> None:
        self.dtype = dtype
        self.x = Value(input_shape, learned=False)
        self.x.busy = True
        tape = Tape()
        self.y = tape.lower(model, self.x)
        self.operations = tape.operations
        self.parameters = model.parameters()
        self.forwards = self._stages(forward=True)
        self.backwards = self._stages(forward=False)
        self.meets = len(self.forwards) > 1
        self.whole = not any(isinstance(each, Convolution) for each in self.operations)
        self.micro_batch = micro_batch
        if micro_batch is None and not self.whole:
            self.micro_batch = _micro_batch(self.operations)
        self.lanes = [Lane(dtype) for _ in range(LANES)]
        self._groups: dict[Any, Group] = {}

    def forward(self, x: Array, crew: Crew) -> Array:
        """The answers, (N, K) or (N, C, H, W)."""
        return self._run(x, None, None, crew)[1]

    def step(self, x: Array, targets: Array, measure: Measure, crew: Crew) -> tuple[float, Array]:
        """The loss and the answers; gradients go to the parameters."""
        return self._run(x, targets, measure, crew)

    def _run(
        self, x: Array, targets: Array | None, measure: Measure | None, crew: Crew
    ) -> tuple[float, Array]:
        learns, n = measure is not None, len(x)
        for operation in self.operations:
            operation.prepare(n, learns)
        answers = np.empty((n, *self.y.shape), self.dtype)
        begins = list(range(0, n, self.micro_batch or n))
        sizes = [min(self.micro_batch or n, n - begin) for begin in begins]
        losses = [0.0] * len(begins)

        def load(group: Group, m: int) -> None:
            group.slot.begin = begins[m]
            _load(group, self.x, x[begins[m] : begins[m] + sizes[m]])

        def answer(group: Group, m: int) -> None:
            y = group.slot.value(self.y)
            chunk = slice(begins[m], begins[m] + sizes[m])
            np.copyto(answers[chunk], batch_first(y))
            if measure is not None and targets is not None:
                grad = group.slot.grad(self.y)
                losses[m] = measure(y, grad, targets[chunk], n)

        self._pass(sizes, learns, load, answer, crew)
        if learns:
            used = self.lanes[: len(sizes)]
            for operation in self.operations:
                operation.finish(used)
        return sum(losses), answers

    def _pass(
        self,
        sizes: list[int],
        learns: bool,
        load: Callable[[Group, int], None],
        answer: Callable[[Group, int], None],
        crew: Crew,
    ) -> None:
        dealt = [list(range(lane, len(sizes), LANES)) for lane in range(min(LANES, len(sizes)))]
        stages = [(stage, True) for stage in self.forwards]
        stages += [(stage, False) for stage in self.backwards] if learns else []
        last = len(self.forwards) - 1
        if not self.meets:
            stages = [(self.forwards[0], True)]

        def work(lane: int, number: int, stage: Stage, forward: bool) -> None:
            for m in dealt[lane]:
                group = self._group(lane, m, sizes[m], learns)
                group.slot.lane.first = m == dealt[lane][0]
                if forward and number == 0:
                    load(group, m)
                self._call(group, stage, forward)
                if forward and number == last:
                    answer(group, m)
                    if learns and not self.meets:
                        self._call(group, self.backwards[0], False)

        for number, (stage, forward) in enumerate(stages):
            crew.run([
                partial(work, lane, number, stage, forward) for lane in range(len(dealt))
            ])
            if stage.meeting is not None:
                operation = self.operations[stage.meeting]
                groups = [
                    self._group(m % LANES, m, size, learns) for m, size in enumerate(sizes)
                ]
                meet = operation.meet_forward if forward else operation.meet_backward
                meet([group.bound[stage.meeting] for group in groups], sizes)

    def _call(self, group: Group, stage: Stage, forward: bool) -> None:
        for operation, phase in stage.calls:
            bound = group.bound[operation]
            (bound.forward if forward else bound.backward)[phase]()

    def _group(self, lane: int, m: int, n: int, learns: bool) -> Group:
        """Micro-batches share memory unless all have to be there at the same time."""
        key = (m if self.meets else lane, n, learns)
        if key not in self._groups:
            slot = Slot(self.lanes[lane], n, learns=learns, keeps=not self.meets)
            self._groups[key] = Group(self.operations, slot)
        return self._groups[key]

    def _stages(self, *, forward: bool) -> list[Stage]:
        stages = [Stage()]
        order = list(enumerate(self.operations))
        for place, operation in order if forward else reversed(order):
            for phase in range(operation.phases):
                if phase:
                    stages[-1].meeting = place
                    stages.append(Stage())
                stages[-1].calls.append((place, phase))
        return stages


def _load(group: Group, x: Value, chunk: Array) -> None:
    """The samples, with the batch as the last axis. Rows of features are only seen so."""
    if not x.is_image:
        group.slot.put(x, chunk.T)
        return
    target, source = group.slot.value(x), batch_last(chunk)
    if group.slot.learns:       # to multiply by 1 is the fastest way to transpose
        np.matmul(source, group.identity, out=target)
    else:                       # but one number that is not finite would spoil the others
        np.copyto(target, source)


def _micro_batch(operations: list[Operation]) -> int:
    """A power of 2, so that the largest value just fits; it depends on nothing but the network."""
    largest = max(
        int(np.prod(value.shape)) for operation in operations
        for value in vars(operation).values() if isinstance(value, Value)
    )
    fitting = max(1, min(MOST, CACHED // largest))
    return 1 << (fitting.bit_length() - 1)
