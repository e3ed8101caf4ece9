"""A whole network of neurons: its edges, what follows from them, and both passes."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from course_lib.arrays import Array
from course_lib.graph.backward import deltas, weight_gradients
from course_lib.graph.forward import forward_graph
from course_lib.graph.structure import Edge, classify_nodes, pred_succ, topological_order
from course_lib.graph.weights import Weights


class MLPGraph:
    """A checked acyclic graph of neurons, with everything that follows from its edges.

    nodes, edges: as given. pred, succ: dicts of lists. inputs, hidden, outputs: lists in
    increasing order. order: topological. depth: the longest way from an input, for each node.
    skip_edges: the edges that jump over a layer, that is, rise by more than one in depth.
    Raises as topological_order does.
    """

    def __init__(self, nodes: Iterable[int], edges: Iterable[Edge]) -> None:
        self.nodes = list(nodes)
        self.edges = [(j, i) for j, i in edges]
        self.order = topological_order(self.nodes, self.edges)
        self.pred, self.succ = pred_succ(self.nodes, self.edges)
        kinds = classify_nodes(self.nodes, self.edges)
        self.inputs, self.hidden, self.outputs = kinds["input"], kinds["hidden"], kinds["output"]
        self.depth: dict[int, int] = {}
        for node in self.order:
            self.depth[node] = max((self.depth[j] + 1 for j in self.pred[node]), default=0)
        self.skip_edges = [(j, i) for j, i in self.edges if self.depth[i] - self.depth[j] > 1]

    def forward(
        self, x: Sequence[float] | Array, w: Weights, f: Callable[[float], float]
    ) -> tuple[Array, dict[int, float], dict[int, float]]:
        """(y, net, a) of forward_graph, with x and y in the order of `inputs` and `outputs`."""
        return forward_graph(x, self.inputs, self.outputs, self.order, self.pred, w, f)

    def backward(
        self,
        grad_y: Sequence[float] | Array,
        net: Mapping[int, float],
        a: Mapping[int, float],
        w: Weights,
        f_prime: Callable[[float], float],
    ) -> tuple[dict[Edge, float], dict[int, float]]:
        """(gradients, delta) for the net and a that `forward` returned with the same w.

        grad_y: dE/dy_i in the order of `outputs`; f_prime: the derivative of f. gradients and
        delta: as weight_gradients and deltas return them.
        """
        delta = deltas(grad_y, self.outputs, self.order, self.succ, net, w, f_prime)
        return weight_gradients(delta, self.pred, a), delta
