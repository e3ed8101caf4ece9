"""Comparators for lectures 03 and 05: neighbours, kinds of nodes, orders, passes, counts, deltas.

Any reasonable style is right, and what is wrong is told where it goes wrong first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from course_lib.checks.cases import Case
from course_lib.checks.compare import as_numbers, close
from course_lib.checks.evidence import kind_of

__all__ = ["is_topological", "same_count", "same_deltas", "same_gradients", "same_kinds",
           "same_neighbours", "same_pass", "same_walk"]


def _node_lists(got: Any, expected: Any, label: str) -> str | None:
    """Compare dictionaries whose values are collections of nodes in any order."""
    if not isinstance(got, dict):
        return f"expected {label} to be a dictionary, got {kind_of(got)}."
    for key in expected:
        if key not in got:
            return f"the entry {label}[{key!r}] is missing."
    for key in got:
        if key not in expected:
            return f"the entry {label}[{key!r}] should not be there."
    for key, nodes in expected.items():
        found = _flat(got[key])
        if found is None:
            return f"in {label}[{key!r}]: expected a list of nodes, got {kind_of(got[key])}."
        if sorted(found) != sorted(nodes):
            return f"in {label}[{key!r}]: expected {sorted(nodes)}, got {sorted(found)}."
    return None


def _flat(value: Any) -> list[float] | None:
    """The numbers of a list, tuple, set or 1-D array, or None if it is anything else."""
    numbers = as_numbers(list(value) if isinstance(value, set) else value)
    flat = numbers is not None and numbers.ndim == 1 and numbers.dtype.kind in "biuf"
    return list(numbers.tolist()) if flat and numbers is not None else None


def same_neighbours(got: Any, expected: Any, case: Case | None) -> str | None:
    if not isinstance(got, (tuple, list)) or len(got) != 2:
        return f"the result should be the two dictionaries (pred, succ); got {kind_of(got)}."
    return _node_lists(got[0], expected[0], "pred") or _node_lists(got[1], expected[1], "succ")


def same_kinds(got: Any, expected: Any, case: Case | None) -> str | None:
    return _node_lists(got, expected, "result")


def is_topological(got: Any, expected: Any, case: Case | None) -> str | None:
    """Any order will do that holds every node once and breaks no edge."""
    assert case is not None
    nodes, edges = case.args
    order = None if isinstance(got, set) else _flat(got)
    if order is None:
        nested = isinstance(got, list) and any(isinstance(one, (list, tuple)) for one in got)
        there = "a list of lists" if nested else kind_of(got)
        return f"the result should be one flat list of nodes; got {there}."
    for node in nodes:
        if order.count(node) != 1:
            return f"node {node} stands in the result {order.count(node)} times instead of once."
    if len(order) > len(nodes):
        return f"{next(n for n in order if n not in nodes)} is in the result and is no node."
    for j, i in edges:
        if order.index(j) > order.index(i):
            return f"the edge {j} -> {i} is broken: {i} stands before its predecessor {j}."
    return None


def same_pass(got: Any, expected: Any, case: Case | None) -> str | None:
    """The first difference on the way from the inputs to the outputs; y comes last."""
    assert case is not None
    if not isinstance(got, (tuple, list)) or len(got) != 3:
        return f"the result should be the triple (y, net, a); got {kind_of(got)}."
    y, net, a = got
    for name, part in (("net", net), ("a", a)):
        if not isinstance(part, dict):
            return f"expected {name} to be a dictionary, got {kind_of(part)}."
    for i in case.args[3]:  # a topological order, so what is wrong here is wrong first
        told = _same_entry("net", net, expected[1], i)
        if told is None:
            told = _same_entry("a", a, expected[2], i)
            if told is not None and i in net:
                told += f" net[{i}] is right."
        if told is not None:
            return told
    for name, part, wanted in (("net", net, expected[1]), ("a", a, expected[2])):
        for key in part:
            if key not in wanted:
                return f"the entry {name}[{key!r}] should not be there."
    if isinstance(y, dict):
        return "expected y to be a list, got a dictionary."
    told = close()(y, expected[0], case)
    return None if told is None else f"net and a are right, but not y: {told}"


def _same_entry(name: str, got: Any, expected: Any, key: int) -> str | None:
    if key in expected and key not in got:
        return f"the entry {name}[{key}] is missing."
    told = close()(got[key], expected[key], None) if key in expected else None
    return None if told is None else f"in {name}[{key}]: {told}"


def same_count(got: Any, expected: Any, case: Case | None) -> str | None:
    """Whole numbers; how much too many or too few often says what was counted."""
    found = _flat(got)
    if found is None or len(found) != 2 or isinstance(got, set):
        return f"the result should be the pair (parameters, bytes); got {kind_of(got)}."
    for name, mine, theirs in zip(("parameters", "bytes"), found, expected, strict=True):
        if mine != theirs:
            gap = f"{abs(mine - theirs):,} too {'many' if mine > theirs else 'few'}"
            return f"expected {theirs:,} {name}, got {mine:,}, which is {gap}."
    return None


def same_deltas(got: Any, expected: Mapping[int, float], case: Case | None) -> str | None:
    """The first difference on the way back: what is wrong later may only follow from it."""
    assert case is not None
    order = [i for i in reversed(case.args[2]) if i in expected]
    return _same_entries(got, {i: expected[i] for i in order}, "delta", "from the outputs back")


def same_gradients(got: Any, expected: Mapping[Any, float], case: Case | None) -> str | None:
    return _same_entries(got, expected, "result", "in order")


def _same_entries(
    got: Any, expected: Mapping[Any, float], name: str, where: str
) -> str | None:
    if not isinstance(got, dict):
        return f"the result should be a dictionary; got {kind_of(got)}."
    for key, wanted in expected.items():
        if key not in got:
            return f"the entry {name}[{_key(key)}] is missing."
        told = close()(got[key], wanted, None)
        if told is not None:
            return f"the first wrong entry, {where}, is {name}[{_key(key)}]: {told}"
    extra = next((key for key in got if key not in expected), None)
    return None if extra is None else f"the entry {name}[{_key(extra)}] should not be there."


def _key(key: Any) -> str:
    return ", ".join(map(str, key)) if isinstance(key, tuple) else repr(key)


def same_walk(got: Any, expected: Any, case: Case | None) -> str | None:
    """The first difference on the way back, that is, the one with the largest number."""
    assert case is not None
    mine, wanted = as_numbers(got), np.asarray(expected)
    if mine is None or isinstance(got, (set, dict)) or mine.shape != wanted.shape:
        return close()(got, expected, case)
    for k in range(len(wanted) - 1, -1, -1):
        if not np.isclose(mine[k], wanted[k], rtol=1e-5, atol=1e-12):
            told = f"expected {wanted[k]:.6g}, got {mine[k]:.6g}"
            return f"the first wrong gradient on the way back is that of number {k}: {told}."
    return None
