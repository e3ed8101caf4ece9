"""Training: `train` is the loop, one step at a time; `fit` goes through it to the end.

`for step in train(model, batches, optimizer, epochs=3): ...` is all there is; there are no
callbacks. `python -m course_lib.training.mnist` reads handwriting with it, and
`python -m course_lib.training.plain_or_residual` compares plain and residual networks.
"""

from course_lib.training.depth import Curve, compare_depths, depth_comparison
from course_lib.training.fitting import fit
from course_lib.training.history import Epoch, History
from course_lib.training.learner import Score, TrainingDiverged, evaluate
from course_lib.training.loop import train
from course_lib.training.shift import Shift, compare_shifts
from course_lib.training.step import Step
from course_lib.training.stopping import EarlyStopping

__all__ = [
    "Curve",
    "EarlyStopping",
    "Epoch",
    "History",
    "Score",
    "Shift",
    "Step",
    "TrainingDiverged",
    "compare_depths",
    "compare_shifts",
    "depth_comparison",
    "evaluate",
    "fit",
    "train",
]
