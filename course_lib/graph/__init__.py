"""The multilayer perceptron as an acyclic graph of neurons.

Nodes are positive whole numbers; 0 is kept for the bias. An edge (j, i) means j -> i. A weight
names its target first, w[i, j], and w[i, 0] is the bias of neuron i. Nothing asks for layers,
so a connection may skip as many as it likes. Source: RWTH 000:176-262.
"""

from course_lib.graph.backward import deltas, weight_gradients
from course_lib.graph.forward import forward_graph
from course_lib.graph.network import MLPGraph
from course_lib.graph.structure import (
    Edge,
    Neighbours,
    classify_nodes,
    layered,
    pred_succ,
    topological_order,
)
from course_lib.graph.weights import Weights

__all__ = [
    "Edge",
    "MLPGraph",
    "Neighbours",
    "Weights",
    "classify_nodes",
    "deltas",
    "forward_graph",
    "layered",
    "pred_succ",
    "topological_order",
    "weight_gradients",
]
