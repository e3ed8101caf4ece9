"""Unusual but right ways to write Pred and Succ."""

from collections import defaultdict

import numpy as np


def sets_from_comprehensions(nodes, edges):
    """Sets instead of lists, as the formula writes them."""
    pred = {i: {j for j, target in edges if target == i} for i in nodes}
    succ = {j: {i for source, i in edges if source == j} for j in nodes}
    return pred, succ


def default_dicts_of_tuples(nodes, edges):
    """A defaultdict, tuples, decreasing order, and a list [pred, succ] as the result."""
    pred, succ = defaultdict(tuple), defaultdict(tuple)
    for node in sorted(nodes, reverse=True):
        pred[node], succ[node] = (), ()
    for j, i in sorted(edges, reverse=True):
        pred[i] += (j,)
        succ[j] += (i,)
    return [pred, succ]


def adjacency_matrix(nodes, edges):
    """A boolean matrix first, NumPy integers as keys and entries."""
    names = np.array(nodes)
    place = {node: k for k, node in enumerate(nodes)}
    connected = np.zeros((len(nodes), len(nodes)), bool)
    for j, i in edges:
        connected[place[i], place[j]] = True
    pred = {names[k]: names[connected[k]] for k in range(len(nodes))}
    succ = {names[k]: names[connected[:, k]] for k in range(len(nodes))}
    return pred, succ
