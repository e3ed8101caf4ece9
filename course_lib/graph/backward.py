"""Error backpropagation: the forward pass read from right to left.

delta_i says how much the error grows when the summed input of neuron i does. A neuron asks its
successors, who have been asked before, so one walk against the arrows is enough, whatever the
connections skip.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from course_lib.arrays import Array
from course_lib.graph.structure import Edge
from course_lib.graph.weights import Weights, weight_of


def deltas(
    grad_y: Sequence[float] | Array,
    outputs: Sequence[int],
    order: Sequence[int],
    succ: Mapping[int, Sequence[int]],
    net: Mapping[int, float],
    w: Weights,
    f_prime: Callable[[float], float],
) -> dict[int, float]:
    """delta_i = dE/dnet_i = f'(net_i) (dE/dy_i + sum of w_ki delta_k over k in Succ(i)).

    The term dE/dy_i stands for outputs only, and no output needs to be without successors.
    grad_y: dE/dy_i for each node of `outputs`, in that order; for E = 1/2 sum of (y_i - t_i)^2
    it is y - t. order: all nodes, topologically. net: as forward_graph returned it, a dict over
    all nodes but the inputs. f_prime: the derivative of f, a function of one number.
    Returns a dict with the keys of `net`.
    Raises ValueError if the numbers do not match the outputs, if `order` or `succ` lacks a
    neuron, if a node comes after one of its successors, or if a weight is missing.
    Source: RWTH 000:320-336, Wuppertal 001:80-91; Rumelhart, Hinton & Williams 1986.
    """
    if np.shape(grad_y) != (len(outputs),):
        raise ValueError(
            f"deltas expects one number for each of the {len(outputs)} outputs {list(outputs)}; "
            f"got grad_y of shape {np.shape(grad_y)}."
        )
    _check_complete(outputs, order, succ, net)
    grad_a = dict.fromkeys(order, 0.0)  # dE/da_i, first what reaches a_i as an output
    for node, value in zip(outputs, grad_y, strict=True):
        grad_a[node] += float(value)
    delta: dict[int, float] = {}
    for i in reversed(order):
        if i in net:
            grad_a[i] += sum(
                weight_of("deltas", w, k, i) * _delta_of(delta, k, needed_by=i) for k in succ[i]
            )
            delta[i] = float(f_prime(net[i])) * grad_a[i]
    return {i: delta[i] for i in net}


def weight_gradients(
    delta: Mapping[int, float], pred: Mapping[int, Sequence[int]], a: Mapping[int, float]
) -> dict[Edge, float]:
    """dE/dw_ij = delta_i a_j for every edge j -> i, and dE/dw_i0 = delta_i.

    delta: as `deltas` returns it. a: the activations of all nodes, as forward_graph returned
    them. Returns a dict {(i, j): gradient}, target first like the weights; (i, 0) is the bias.
    Raises ValueError if `pred` or `a` lacks a neuron. Source: as for deltas.
    """
    gradients: dict[Edge, float] = {}
    for i in delta:
        if i not in pred:
            raise ValueError(f"weight_gradients has a delta for neuron {i}, but `pred` lacks it.")
        gradients[i, 0] = float(delta[i])
        for j in pred[i]:
            if j not in a:
                raise ValueError(
                    f"weight_gradients needs the activation of neuron {j} for the edge "
                    f"{j} -> {i}, but `a` lacks it. Did you pass net instead of a?"
                )
            gradients[i, j] = float(delta[i] * a[j])
    return gradients


def _check_complete(
    outputs: Sequence[int],
    order: Sequence[int],
    succ: Mapping[int, Sequence[int]],
    net: Mapping[int, float],
) -> None:
    for what, nodes, where, known in (
        ("Output", outputs, "order", order),
        ("Neuron", net, "order", order),
        ("Neuron", net, "succ", succ),
    ):
        missing = sorted(set(nodes) - set(known))
        if missing:
            raise ValueError(f"{what} {missing[0]} is missing in `{where}`. Pass all nodes.")


def _delta_of(delta: Mapping[int, float], k: int, needed_by: int) -> float:
    if k in delta:
        return delta[k]
    raise ValueError(
        f"Neuron {needed_by} needs the delta of its successor {k}, which comes earlier in `order`, "
        "or has no net. Use topological_order(nodes, edges)."
    )
