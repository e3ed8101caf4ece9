"""The forward pass: neuron by neuron, from the inputs to the outputs."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from course_lib.arrays import Array
from course_lib.graph.weights import Weights, weight_of


def forward_graph(
    x: Sequence[float] | Array,
    inputs: Sequence[int],
    outputs: Sequence[int],
    order: Sequence[int],
    pred: Mapping[int, Sequence[int]],
    w: Weights,
    f: Callable[[float], float],
) -> tuple[Array, dict[int, float], dict[int, float]]:
    """net_i = w_i0 + sum of w_ij a_j over j in Pred(i), and a_i = f(net_i), node by node.

    x: one number for each node of `inputs`, in that order. order: all nodes, topologically.
    w: a dict {(i, j): weight} or an array indexed w[i, j]; f: a function of one number.
    Returns y (the activations of `outputs`, in that order, a 1-D array), net (a dict over all
    nodes but the inputs) and a (a dict over all nodes).
    Raises ValueError if the numbers do not match the inputs, if a node comes before one of its
    predecessors, or if a weight is missing. Source: RWTH 000:203-262.
    """
    if np.shape(x) != (len(inputs),):
        raise ValueError(
            f"forward_graph expects one number for each of the {len(inputs)} inputs "
            f"{list(inputs)}; got x of shape {np.shape(x)}."
        )
    a = {node: float(value) for node, value in zip(inputs, x, strict=True)}
    net: dict[int, float] = {}
    for i in order:
        if i in a:
            continue
        if i not in pred:
            raise ValueError(f"Neuron {i} stands in `order` and is no input, but `pred` lacks it.")
        net[i] = weight_of("forward_graph", w, i, 0) + sum(
            weight_of("forward_graph", w, i, j) * _activation(a, j, needed_by=i) for j in pred[i]
        )
        a[i] = float(f(net[i]))
    return np.array([_activation(a, i, needed_by=None) for i in outputs]), net, a


def _activation(a: Mapping[int, float], node: int, needed_by: int | None) -> float:
    if node in a:
        return a[node]
    if needed_by is None:
        raise ValueError(f"Output {node} is in neither `inputs` nor `order`.")
    raise ValueError(
        f"Neuron {needed_by} needs the activation of {node}, which comes later in `order` or not "
        "at all. Use topological_order(nodes, edges)."
    )
