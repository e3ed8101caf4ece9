"""Unusual but right topological orders."""

from graphlib import TopologicalSorter


def removes_outputs_from_the_end(nodes, edges):
    """Works backwards: a node that feeds nobody any more goes last."""
    left, order = list(nodes), []
    while left:
        ends = [n for n in left if not any(j == n and i in left for j, i in edges)]
        if not ends:
            raise ValueError("there is a cycle")
        order.insert(0, ends[-1])
        left.remove(ends[-1])
    return tuple(order)


def depth_first_with_three_colours(nodes, edges):
    """Recursion; a node met while it is still open closes a cycle. Its own exception class."""

    class NoOrder(ValueError):
        pass

    state, order = dict.fromkeys(nodes, "new"), []

    def visit(node):
        if state[node] == "open":
            raise NoOrder(f"cycle through {node}")
        if state[node] == "new":
            state[node] = "open"
            for j, i in edges:
                if i == node:
                    visit(j)
            state[node] = "done"
            order.append(node)

    for node in reversed(nodes):
        visit(node)
    return order


def sorts_by_the_longest_way_from_an_input(nodes, edges):
    """Relaxes all edges again and again; with a cycle the depths never come to rest."""
    depth = dict.fromkeys(nodes, 0)
    for _ in nodes:
        for j, i in edges:
            depth[i] = max(depth[i], depth[j] + 1)
    if any(depth[i] <= depth[j] for j, i in edges):
        raise ValueError("cycle")
    return sorted(nodes, key=lambda node: (depth[node], -node))


def standard_library(nodes, edges):
    """graphlib's CycleError is a ValueError."""
    sorter = TopologicalSorter({n: [j for j, i in edges if i == n] for n in nodes})
    return list(sorter.static_order())
