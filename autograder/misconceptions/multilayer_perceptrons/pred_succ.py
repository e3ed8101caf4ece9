"""Wrong beliefs about Pred and Succ."""

from course_lib.graph import MLPGraph


def swaps_pred_and_succ(nodes, edges):
    """You have Pred and Succ the wrong way round; in (j, i) the arrow points from j to i.

    "Predecessor" sounds like "the one that stands first", so the first number of the pair is
    filed under the second list. Reading the pair as "target, source" gives the same result.
    """
    pred = {node: [] for node in nodes}
    succ = {node: [] for node in nodes}
    for j, i in edges:
        pred[j].append(i)
        succ[i].append(j)
    return pred, succ


def leaves_out_nodes_with_an_empty_list(nodes, edges):
    """You give a node its key only when its first edge turns up; inputs belong in pred as well.

    A dictionary that grows with the edges feels complete, but Pred of an input neuron exists: it
    is the empty set, and code that asks for it must not stop with a KeyError.
    """
    pred, succ = {}, {}
    for j, i in edges:
        pred.setdefault(i, []).append(j)
        succ.setdefault(j, []).append(i)
    return pred, succ


def leaves_out_nodes_without_any_edge(nodes, edges):
    """You collect the nodes from the edges; a node that no edge touches then goes missing.

    In a drawn network every neuron has a line, so the list of nodes looks superfluous.
    """
    touched = [node for node in nodes if any(node in edge for edge in edges)]
    pred = {node: [j for j, i in edges if i == node] for node in touched}
    succ = {node: [i for j, i in edges if j == node] for node in touched}
    return pred, succ


def keeps_only_the_last_neighbour(nodes, edges):
    """You overwrite the list at every edge; a neuron may have many predecessors and successors.

    An assignment where an append is meant. A chain of neurons hides it.
    """
    pred = {node: [] for node in nodes}
    succ = {node: [] for node in nodes}
    for j, i in edges:
        pred[i] = [j]
        succ[j] = [i]
    return pred, succ


def shares_one_list_between_all_nodes(nodes, edges):
    """You give all nodes one and the same list, so they all show the same; make one for each node.

    dict.fromkeys(nodes, []) looks like "an empty list for every node". The [] is made only once,
    and every key points to it.
    """
    pred = dict.fromkeys(nodes, [])
    succ = dict.fromkeys(nodes, [])
    for j, i in edges:
        pred[i].append(j)
        succ[j].append(i)
    return pred, succ


def ignores_the_direction(nodes, edges):
    """You treat a connection as a line without an arrow; signals run from j to i only.

    Pictures of fully connected nets are often drawn without arrowheads.
    """
    both = {node: [] for node in nodes}
    for j, i in edges:
        both[i].append(j)
        both[j].append(i)
    return both, {node: list(others) for node, others in both.items()}


def collects_everything_upstream(nodes, edges):
    """You follow the connections all the way; Pred(i) holds only the direct sources of i.

    In everyday words all ancestors are predecessors, and a neuron does depend on all of them.
    """
    pred = {node: _reachable(node, [(i, j) for j, i in edges]) for node in nodes}
    succ = {node: _reachable(node, edges) for node in nodes}
    return pred, succ


def drops_skip_connections(nodes, edges):
    """You look only at the layer next door; a skip connection makes a predecessor as well.

    "Layer i feeds layer i + 1" is true of most nets, but the definition asks for a connection,
    not for neighbouring layers.
    """
    depth = MLPGraph(nodes, edges).depth
    near = [(j, i) for j, i in edges if depth[i] - depth[j] == 1]
    pred = {node: [j for j, i in near if i == node] for node in nodes}
    succ = {node: [i for j, i in near if j == node] for node in nodes}
    return pred, succ


def _reachable(node, edges):
    found, waiting = set(), [node]
    while waiting:
        here = waiting.pop()
        for j, i in edges:
            if j == here and i not in found:
                found.add(i)
                waiting.append(i)
    return sorted(found)
