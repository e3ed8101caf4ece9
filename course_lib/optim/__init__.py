"""Steps downhill: optimisers, schedules of the learning rate, clipping, plain gradient descent.

An optimiser holds the parameters of a network: `zero_grad()`, forward, backward, `step()`.
All raise TypeError for parameters or settings of the wrong kind, ValueError for settings out of
range and for a parameter that is given twice or not at all.
"""

from course_lib.optim.adam import Adam, AdamW
from course_lib.optim.clipping import clip_grad_norm, clip_grad_value
from course_lib.optim.descent import Descent, gradient_descent
from course_lib.optim.optimizer import Optimizer
from course_lib.optim.scaled import AdaGrad, RMSprop
from course_lib.optim.schedules import CosineAnnealingLR, ReduceLROnPlateau, Schedule, StepLR
from course_lib.optim.sgd import SGD

__all__ = [
    "SGD",
    "AdaGrad",
    "Adam",
    "AdamW",
    "CosineAnnealingLR",
    "Descent",
    "Optimizer",
    "RMSprop",
    "ReduceLROnPlateau",
    "Schedule",
    "StepLR",
    "clip_grad_norm",
    "clip_grad_value",
    "gradient_descent",
]
