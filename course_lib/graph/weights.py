"""How weights are stored and read: the target comes first."""

from collections.abc import Mapping

from course_lib.arrays import Array
from course_lib.graph.structure import Edge

Weights = Mapping[Edge, float] | Array


def weight_of(function: str, w: Weights, i: int, j: int) -> float:
    """w[i, j], the weight of j -> i, or the bias of i for j = 0. Raises ValueError if missing."""
    try:
        return float(w[i, j])
    except (KeyError, IndexError):
        what = f"the bias w[{i}, 0]" if j == 0 else f"the weight w[{i}, {j}] of the edge {j} -> {i}"
        raise ValueError(f"{function} misses {what}. (The target comes first.)") from None
