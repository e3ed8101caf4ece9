"""Unusual and right ways to say what a module costs."""

import numpy as np


def all_by_itself(channels, hw, branches):
    """Counts everything in one pass, and returns an array."""
    sums = np.zeros(3, dtype=np.int64)
    for branch in branches:
        arriving = channels
        for row in branch:
            if row[0] == "conv":
                F, C, K = row[1], row[4], row[5]
                sums[1:] += K * C * F * F + K, hw[0] * hw[1] * K * C * F * F
                arriving = K
        sums[0] += arriving
    return sums


def work_from_the_parameters(channels, hw, branches):
    """Work is the weights times the places; weights are the parameters without the biases."""
    convs = [row for branch in branches for row in branch if row[0] != "pool"]
    weights = sum(row[1] ** 2 * row[4] * row[5] for row in convs)
    biases = sum(row[5] for row in convs)
    ends = [([channels] + [row[5] for row in branch if len(row) == 7])[-1] for branch in branches]
    return [sum(ends), weights + biases, weights * hw[0] * hw[1]]
