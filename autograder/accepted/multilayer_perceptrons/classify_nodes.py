"""Unusual but right ways to classify the nodes."""


def set_algebra(nodes, edges):
    """Sets as the values, built by set differences."""
    sources, targets = {j for j, _ in edges}, {i for _, i in edges}
    inputs = set(nodes) - targets
    return {"output": targets - sources, "input": inputs, "hidden": targets & sources}


def one_pass_with_flags(nodes, edges):
    """Two flags for each node, tuples in decreasing order."""
    fed, feeds = dict.fromkeys(nodes, False), dict.fromkeys(nodes, False)
    for j, i in edges:
        feeds[j] = fed[i] = True
    kinds = {"input": (), "hidden": (), "output": ()}
    for node in sorted(nodes, reverse=True):
        kind = "input" if not fed[node] else "hidden" if feeds[node] else "output"
        kinds[kind] += (node,)
    return kinds


def counts_of_edges(nodes, edges):
    """Degrees instead of neighbour lists."""
    arriving = {n: sum(i == n for _, i in edges) for n in nodes}
    leaving = {n: sum(j == n for j, _ in edges) for n in nodes}
    kinds = {"input": [n for n in nodes if arriving[n] == 0]}
    kinds["output"] = [n for n in nodes if arriving[n] > 0 and leaving[n] == 0]
    kinds["hidden"] = [n for n in nodes if arriving[n] * leaving[n] > 0]
    return kinds
