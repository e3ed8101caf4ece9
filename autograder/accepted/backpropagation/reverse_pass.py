"""Unusual but right walks back."""

import numpy as np


def asks_instead_of_handing_out(parts, slopes, result):
    """Every number asks those that were computed from it; an array as the result."""
    used_by = [[] for _ in parts]
    for k in range(len(parts)):
        for part, slope in zip(parts[k], slopes[k]):
            used_by[part].append((k, slope))
    gradients = np.zeros(len(parts))
    for k in reversed(range(result + 1)):
        gradients[k] = (k == result) + sum(gradients[m] * s for m, s in used_by[k] if m <= result)
    return gradients


def a_dictionary_of_what_has_arrived(parts, slopes, result):
    """Collects contributions in a dictionary; what never gets one is 0. A tuple as the result."""
    arrived = {result: 1.0}
    for k in range(len(parts) - 1, -1, -1):
        if k in arrived:
            for part, slope in zip(parts[k], slopes[k]):
                arrived[part] = arrived.get(part, 0.0) + arrived[k] * slope
    return tuple(arrived.get(k, 0.0) for k in range(len(parts)))


def solves_a_triangular_system(parts, slopes, result):
    """(1 - S^T) g = e_result, one unknown after the other from the back."""
    gradients = [0.0] * len(parts)
    waiting = [(result, 1.0)]
    todo = {}
    while waiting or todo:
        for k, value in waiting:
            todo[k] = todo.get(k, 0.0) + value
        k = max(todo)
        gradients[k] = todo.pop(k)
        waiting = [(p, s * gradients[k]) for p, s in zip(parts[k], slopes[k])]
    return gradients
