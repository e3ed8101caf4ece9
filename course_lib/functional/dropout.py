"""Dropout: in training each value is switched off with probability p."""

import numpy as np

from course_lib.arrays import Array, expect_number, expect_shape, float_array


def dropout(
    x: Array, p: float = 0.5, training: bool = True, *, rng: np.random.Generator | None = None
) -> tuple[Array, Array]:
    """y = x mask / (1 - p), where mask is True with probability 1 - p, for each value by itself.

    The division keeps the mean, so that nothing is left to do after training: with
    training=False y = x. x of any shape; rng is needed in training only. Returns y and mask
    (bool, the shape of x; all True if not training); backward needs the same mask.
    Raises TypeError for an array that is not float64 or float32; ValueError for p outside
    [0, 1) and for training without an rng. Source: Wuppertal 001:652, Srivastava et al. 2014.
    """
    x = float_array("dropout", "x", x)
    expect_number("p", p, least=0, below=1)
    if not training:
        return x.copy(), np.ones(x.shape, dtype=bool)
    rng = checked_rng("dropout in training", rng, " To evaluate say training=False.")
    mask = np.asarray(rng.random(x.shape) >= p)
    return _masked(x, mask, p), mask


def dropout_backward(
    grad_output: Array, mask: Array, p: float = 0.5, training: bool = True
) -> Array:
    """g mask / (1 - p) with the mask that dropout returned; not training: g.

    grad_output of the shape of mask. Raises as dropout does, and TypeError for a mask that is
    not bool.
    """
    grad_output = float_array("dropout_backward", "grad_output", grad_output)
    expect_number("p", p, least=0, below=1)
    mask = np.asarray(mask)
    if mask.dtype != bool:
        raise TypeError(
            f"dropout_backward expects the mask that dropout returned, of bool; got {mask.dtype}."
        )
    expect_shape("dropout_backward", "grad_output", grad_output, mask.shape)
    return _masked(grad_output, mask, p) if training else grad_output.copy()


def checked_rng(
    function: str, rng: np.random.Generator | None, advice: str = ""
) -> np.random.Generator:
    """`rng`, or ValueError with the way to make one."""
    if not isinstance(rng, np.random.Generator):
        raise ValueError(
            f"{function} draws random numbers and expects rng=np.random.default_rng(seed); "
            f"got {rng!r}.{advice}"
        )
    return rng


def _masked(x: Array, mask: Array, p: float) -> Array:
    masked: Array = x * mask / (1 - float(p))
    return masked
