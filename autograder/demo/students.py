"""The class of the demo: what each student hands in, and what must come out.

Everything not named in `expected` must be passed. A value that is no outcome is the belief that
the result must name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from autograder.demo.handiwork import (
    Edit,
    adds_cell,
    breaks_off,
    deletes,
    edits,
    leaves_out,
    raises_points,
    unusual,
    writes,
    wrong,
)

__all__ = ["CLASS", "TOPICS", "Student"]

TOPICS = ("03_multilayer_perceptrons", "08b_convolutional_layer")


@dataclass(frozen=True)
class Student:
    """One student: who, what is special about the hand-in, and what must come out.

    `note` is the outcome of a notebook that cannot be graded, by topic; `event` is a part of
    what must be told although it costs nothing.
    """

    name: str
    story: str
    edits: tuple[Edit, ...] = ()
    expected: Mapping[str, str] = field(default_factory=dict)
    note: Mapping[str, str] = field(default_factory=dict)
    event: str = ""


LOOP = """def shared_matrix(kernel, n_in):
    rows = 0
    while rows < 1:
        rows = rows * 2
    return rows
"""
CRASH = """import os

def count_fc(sizes, bias=True, dtype="float32"):
    os._exit(0)
"""
SYNTAX = """def layer(x, W, b=None, form="Wx+b"):
    if form == "Wx+b"
        return W @ x + b
"""
HELPER = """def pairs(edges, backwards):
    return [(i, j) if backwards else (j, i) for j, i in edges]
"""
WITH_HELPER = """def pred_succ(nodes, edges):
    def table(links):
        return {node: [end for start, end in links if start == node] for node in nodes}
    return table(pairs(edges, True)), table(pairs(edges, False))
"""
FLOOD = """for _ in range(300):
    print("x" * 1_000_000)
"""

CLASS = (
    Student("ada", "everything right"),
    Student("ben", "recursion, and seven nested loops",
            (unusual("forward_graph", "recursion_from_the_outputs"),
             unusual("conv2d_naive", "seven_loops_and_lists"))),
    Student("chloe", "the standard library, and strides by hand",
            (unusual("topological_order", "standard_library"),
             unusual("conv2d_windows", "strides_by_hand"))),
    Student("dev", "comprehensions, and float32",
            (unusual("pred_succ", "sets_from_comprehensions"),
             unusual("conv_neuron", "float32_in_an_array_without_axes"))),
    Student("emre", "Pred and Succ swapped", (wrong("pred_succ", "swaps_pred_and_succ"),),
            {"pred_succ": "swaps_pred_and_succ"}),
    Student("fatma", "no bias", (wrong("forward_graph", "forgets_the_bias"),),
            {"forward_graph": "forgets_the_bias"}),
    Student("goran", "one bias a layer", (wrong("count_fc", "counts_one_bias_a_layer"),),
            {"count_fc": "counts_one_bias_a_layer"}),
    Student("hana", "true convolution", (wrong("conv2d_naive", "flips_the_kernel"),),
            {"conv2d_naive": "flips_the_kernel"}),
    Student("ivan", "only the first channel",
            (wrong("conv_neuron", "uses_only_the_first_channel"),),
            {"conv_neuron": "uses_only_the_first_channel"}),
    Student("julia", "a helper in a cell of her own",
            (adds_cell("pred_succ", HELPER), writes("pred_succ", WITH_HELPER))),
    Student("kofi", "nothing written yet", (leaves_out(),), {"*": "missing"}),
    Student("lena", "half done",
            (leaves_out("layer", "count_fc", "quiz_images", "equivariance_gap", "quiz_shift"),),
            dict.fromkeys(("layer", "count_fc", "quiz_images", "equivariance_gap", "quiz_shift"),
                          "missing")),
    Student("mateo", "a syntax error", (writes("layer", SYNTAX),), {"layer": "failed"}),
    Student("nora", "an infinite loop", (writes("shared_matrix", LOOP),),
            {"shared_matrix": "failed"}),
    Student("omar", "deleted the setup cells", (deletes("setup"),), event="restored"),
    Student("priya", "edited a check", (edits("check_layer", source="True"),), event="edited"),
    Student("quinn", "raised the points", (raises_points("check_layer", 300),)),
    Student("rosa", "os._exit", (writes("count_fc", CRASH),), {"count_fc": "failed"}),
    Student("sami", "prints 300 MB", (adds_cell("pred_succ", FLOOD),)),
    Student("tara", "one file cut in half", (breaks_off(TOPICS[0]),), note={TOPICS[0]: "not JSON"}),
)
