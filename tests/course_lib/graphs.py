"""Graphs of neurons to test with."""

from __future__ import annotations

from hypothesis import strategies as st


@st.composite
def acyclic_graphs(draw) -> tuple[list[int], list[tuple[int, int]]]:
    """Nodes under any numbers, edges along a hidden order, both lists shuffled."""
    nodes = draw(st.lists(st.integers(1, 50), min_size=1, max_size=9, unique=True))
    pairs = [(j, i) for k, i in enumerate(nodes) for j in nodes[:k]]
    edges = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return draw(st.permutations(nodes)), edges
