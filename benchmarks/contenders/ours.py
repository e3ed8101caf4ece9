"""This course's steps: those of fast, and those of the readable layers (textbook im2col)."""

from __future__ import annotations

from functools import partial

import numpy as np

from benchmarks.contenders.timing import Step
from course_lib import fast, models, optim
from course_lib import functional as F
from course_lib.fast.convolution import Convolution
from course_lib.fast.crew import Crew, blas_threads
from course_lib.fast.lowering import along
from course_lib.fast.program import LANES
from course_lib.fast.values import Lane, Slot, Value
from course_lib.layers import Conv2d, Layer

RATE, MOMENTUM = 0.001, 0.9


def network(name: str) -> Layer:
    make = {"lenet5": models.lenet5, "mlp": models.mlp, "resnet20": models.resnet20}[name]
    return make(rng=np.random.default_rng(0))


def fast_step(name: str, x: np.ndarray, targets: np.ndarray, threads: int) -> Step:
    model = network(name)
    optimizer = optim.SGD([fast.one_parameter(model)], RATE, MOMENTUM)
    plan = fast.compile(model, x.shape[1:], threads=threads)

    def step() -> None:
        plan.step(x, targets)
        optimizer.step()

    return step


def plain_step(name: str, x: np.ndarray, targets: np.ndarray, threads: int) -> Step:
    model = network(name)
    optimizer = optim.SGD(model.parameters(), RATE, MOMENTUM)

    def step() -> None:
        with blas_threads(threads):
            optimizer.zero_grad()
            logits = model.forward(x)
            model.backward(F.cross_entropy_backward(1.0, logits, targets))
            optimizer.step()

    return step


def conv_step(x: np.ndarray, grad: np.ndarray, threads: int) -> Step:
    """A 3 x 3 convolution forward and back, both gradients; the layout is made beforehand."""
    channels, micro_batch = x.shape[1], 4
    rng = np.random.default_rng(0)
    layer = Conv2d(channels, channels, 3, 1, 1, bias=False, rng=rng, dtype=np.float32)
    value = Value(x.shape[1:], learned=True)
    operation = Convolution(value, layer, *along(layer, value, ""))
    lanes = [Lane(np.float32) for _ in range(LANES)]
    bound = []
    for place, begin in enumerate(range(0, len(x), micro_batch)):
        slot = Slot(lanes[place % LANES], micro_batch, learns=True, keeps=False)
        chunk = slice(begin, begin + micro_batch)
        slot.put(value, np.ascontiguousarray(x[chunk].transpose(2, 1, 3, 0)))
        np.copyto(slot.grad(operation.y), grad[chunk].transpose(2, 1, 3, 0))
        bound.append(operation.bind(slot))
    crew = Crew(threads)

    def work(lane: int) -> None:
        for place in range(lane, len(bound), LANES):
            lanes[lane].first = place == lane
            bound[place].forward[0]()
            bound[place].backward[0]()

    def step() -> None:
        with blas_threads(1):
            operation.prepare(len(x), True)
            crew.run([partial(work, lane) for lane in range(LANES)])
            operation.finish(lanes)

    return step
