"""Networks from a pattern: the layers it means, and a pointer to what it cannot mean."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import models
from course_lib.init import zeros
from course_lib.models.pattern_parser import WORDS, parse
from course_lib.shapes import summary
from tests.course_lib.messages import Message

DECK = "INPUT -> [[CONV -> RELU]*2 -> POOL]*2 -> [FC -> RELU]*1 -> FC"


def built(pattern: str, *args, **settings):
    return models.from_pattern(
        pattern, *args, rng=np.random.default_rng(0), init=zeros, **settings
    )


def words(pattern: str) -> list[str]:
    return [symbol.text for symbol in parse(pattern)]


def test_the_pattern_of_the_deck() -> None:
    """RWTH 000:870: N = 2, M = 2, K = 1."""
    rows = summary(built(DECK), (1, 28, 28)).rows
    assert [(row.name, row.output_shape) for row in rows if row.parameters or "pool" in row.name
            ] == [
        ("conv1", (16, 28, 28)), ("conv2", (16, 28, 28)), ("pool1", (16, 14, 14)),
        ("conv3", (32, 14, 14)), ("conv4", (32, 14, 14)), ("pool2", (32, 7, 7)),
        ("fc1", (128,)), ("fc2", (10,)),
    ]
    assert [row.kind for row in rows] == [
        *["Conv2d", "ReLU", "Conv2d", "ReLU", "MaxPool2d"] * 2,
        "Flatten", "Linear", "ReLU", "Linear",
    ]


@pytest.mark.parametrize(
    ("pattern", "meant"),
    [
        ("INPUT", "INPUT"),
        ("INPUT -> [FC -> RELU]*0 -> FC", "INPUT FC"),
        ("INPUT → [CONV → TANH]·3 → FC", "INPUT CONV TANH CONV TANH CONV TANH FC"),
        ("INPUT->FC*2->[[BN]*2->[DROPOUT]]×2", "INPUT FC FC BN BN DROPOUT BN BN DROPOUT"),
        ("[INPUT\n  -> FC]", "INPUT FC"),
        ("INPUT -> FC*2*3", "INPUT" + " FC" * 6),
    ],
)
def test_brackets_and_numbers_repeat(pattern: str, meant: str) -> None:
    assert words(pattern) == meant.split()


def test_numbers_for_every_layer() -> None:
    net = built(
        "INPUT -> CONV -> POOL -> CONV -> [FC -> SIGMOID]*2 -> DROPOUT -> FC", (3, 9, 6), 4,
        filters=(5, 7), units=(8, 9), kernel_size=5, pool_size=3, pool="mean", drop=0.25,
    )
    assert {name: array.shape for name, array in net.state_dict().items() if array.ndim > 1} == {
        "conv1.weight": (5, 3, 5, 5), "conv2.weight": (7, 5, 5, 5),
        "fc1.weight": (8, 42), "fc2.weight": (9, 8), "fc3.weight": (4, 9),
    }
    assert type(net["pool1"]).__name__ == "AvgPool2d"
    assert net["dropout1"].p == 0.25
    assert net.forward(np.ones((2, 3, 9, 6), dtype=np.float32)).shape == (2, 4)


def test_rows_of_features_need_no_convolution() -> None:
    net = built("INPUT -> [FC -> RELU -> BN]*2 -> FC", (20,), 3, units=(7, 5))
    assert [type(layer).__name__ for layer in net.layers][:3] == ["Linear", "ReLU", "BatchNorm1d"]
    assert net.eval().forward(np.ones((1, 20), dtype=np.float32)).shape == (1, 3)


@given(st.text(alphabet="[]*-> 0123ICFB"), st.lists(st.sampled_from([*WORDS, "[", "]", "*", "2",
                                                                      "->"]), max_size=12))
def test_any_text_is_read_or_pointed_at(text: str, symbols: list[str]) -> None:
    for pattern in (text, " ".join(symbols)):
        try:
            found = parse(pattern)
        except ValueError as error:
            line, pointer = str(error).split("\n")[1:]
            assert line == f"  {' '.join(pattern.split())}"
            assert pointer.strip() == "^"
            assert len(pointer) <= len(line) + 1
        else:
            assert found[0].text == "INPUT"


def pointed(pattern: str, at: int, text: str, **settings) -> Message:
    pointer = f"{text}\n  {pattern}\n  {' ' * at}^"
    return Message(lambda: built(pattern, **settings), ValueError, pointer)


ONE_OF = "Expected [ or one of BN, CONV, DROPOUT, FC, INPUT, POOL, RELU, SIGMOID, TANH; got "
PATTERN_MESSAGES = [
    pointed("INPUT -> [CONV RELU] -> FC", 15, "Expected -> or ] after CONV; got RELU."),
    pointed("INPUT -> [CONV -> RELU", 22, "Expected -> or ] after RELU; got the end."),
    pointed("INPUT -> CNV -> FC", 9, f"{ONE_OF}CNV."),
    pointed("INPUT -> conv", 9, f"{ONE_OF}conv."),
    pointed("INPUT -> FC ->", 14, f"{ONE_OF}the end."),
    pointed("INPUT -> -> FC", 9, f"{ONE_OF}->."),
    pointed("", 0, f"{ONE_OF}the end."),
    pointed("INPUT -> CONV*N", 14, "Expected a whole number after *; got N."),
    pointed("INPUT -> CONV*", 14, "Expected a whole number after *; got the end."),
    pointed("INPUT -> POOL? -> FC", 13, "Expected -> or the end; got ?."),
    pointed("INPUT -> FC]", 11, "Expected -> or the end; got ]."),
    pointed("CONV -> FC", 0, "A pattern begins with INPUT; got CONV."),
    pointed("[INPUT]*0", 0, "A pattern begins with INPUT; got nothing."),
    pointed("INPUT -> FC -> INPUT", 15, "INPUT stands once, at the beginning."),
    pointed("INPUT -> [[FC]*999]*999", 20, "A pattern has at most 1000 layers."),
    pointed("INPUT -> FC*10000000000", 12, "A pattern has at most 1000 layers."),
    pointed("[" * 25, 20, "Brackets stand in at most 20 others."),
    pointed("INPUT -> FC -> CONV", 15, "CONV needs images; here are rows of 10 features."),
    pointed(
        "INPUT -> POOL", 9, "POOL needs images; here are rows of 5 features.", input_shape=(5,),
    ),
    pointed(
        "INPUT -> [CONV -> POOL]*3", 18, "POOL does not fit images of 7 x 7: 2 does not divide 7.",
    ),
    Message(
        lambda: built(["INPUT", "FC"]), TypeError,
        "A pattern is a text such as 'INPUT -> FC'; got ['INPUT', 'FC'].",
    ),
    Message(
        lambda: built(DECK, pool="min"), ValueError, "pool is 'max' or 'mean'; got 'min'.",
    ),
    Message(
        lambda: built(DECK, pool_size=0), ValueError, "pool_size must be at least 1; got 0.",
    ),
    Message(
        lambda: built(DECK, (28, 28)), ValueError,
        "input_shape is (channels, height, width) or (features,); got (28, 28).",
    ),
    Message(
        lambda: built(DECK, filters=(8, 16, 32)), ValueError,
        "filters has a number for each of the 4 CONV, or is one number; got (8, 16, 32).",
    ),
    Message(
        lambda: built(DECK, units=(8, 10)), ValueError,
        "units has a number for each of the 1 FC but the last, or is one number; got (8, 10).",
    ),
]
