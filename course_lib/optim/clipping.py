"""Clipping: gradients that are too long are cut before a step."""

from collections.abc import Sequence

import numpy as np

from course_lib.layers.parameter import Parameter
from course_lib.optim.settings import checked_parameters, setting


def clip_grad_norm(parameters: Sequence[Parameter], max_norm: float) -> float:
    """Scale all gradients together so that their norm is at most max_norm; their direction stays.

    The norm is that of all gradients laid end to end. Returns it as it was before. As in
    PyTorch 1e-6 is added to it in the division, so a clipped norm stays just below max_norm.
    Raises ValueError for gradients with nan or inf, which no scaling repairs.
    """
    parameters = checked_parameters("clip_grad_norm", parameters)
    max_norm = setting("max_norm", max_norm, above=0)
    squares = sum(float(np.square(p.grad, dtype=np.float64).sum()) for p in parameters)
    norm = float(np.sqrt(squares))
    if not np.isfinite(norm):
        raise ValueError(
            f"clip_grad_norm expects finite gradients; their norm is {norm}. "
            "Take a smaller learning rate."
        )
    scale = max_norm / (norm + 1e-6)
    if scale < 1:
        for parameter in parameters:
            parameter.grad *= scale
    return norm


def clip_grad_value(parameters: Sequence[Parameter], clip_value: float) -> None:
    """Cut every entry of every gradient to [-clip_value, clip_value]; the direction may change."""
    clip_value = setting("clip_value", clip_value, above=0)
    for parameter in checked_parameters("clip_grad_value", parameters):
        np.clip(parameter.grad, -clip_value, clip_value, out=parameter.grad)
