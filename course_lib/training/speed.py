"""Plain steps, or those of course_lib.fast where it can run the network."""

from __future__ import annotations

import warnings

import numpy as np

from course_lib import fast
from course_lib.arrays import Array
from course_lib.layers import Layer
from course_lib.optim import Optimizer
from course_lib.training.learner import Learner, Score, expect_finite
from course_lib.training.losses import NAMES, Loss, accuracy_of


class FastLearner(Learner):
    """The same steps, by a plan that course_lib.fast has made for this network."""

    def __init__(self, model: Layer, loss: Loss, plan: fast.Plan) -> None:
        super().__init__(model, loss)
        self.plan = plan

    def step(self, x: Array, y: Array, optimizer: Optimizer) -> Score:
        if not self.model.training:
            self.model.train()
        x = self._as_weights(x)
        with np.errstate(over="ignore", invalid="ignore"):
            loss, logits = self.plan.step(x, y)
            expect_finite(loss, x, optimizer.lr)
            optimizer.step()
        return Score(loss, accuracy_of(self.loss.name, logits, y))

    def answers(self, x: Array) -> Array:
        if self.model.training:
            self.model.eval()
        with np.errstate(over="ignore", invalid="ignore"):
            return self.plan.forward(self._as_weights(x))


def learner_for(model: Layer, loss: Loss, shape: tuple[int, ...], *, quick: bool) -> Learner:
    """What makes the steps: plain, or quick if course_lib.fast can run it on samples of `shape`.

    If it cannot, a warning says why.
    """
    if not quick:
        return Learner(model, loss)
    why = f"the loss is {'the network' if loss.name == 'own' else 'one'} of its own"
    if loss.name in NAMES:
        try:
            return FastLearner(model, loss, fast.compile(model, shape, loss=loss.name))
        except fast.CannotCompile as error:
            why = str(error)
    warnings.warn(f"Training runs plain, not fast: {why}", stacklevel=2)
    return Learner(model, loss)
