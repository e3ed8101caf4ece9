"""Comparing and describing: right styles pass, wrong answers get the sentence that helps."""

from __future__ import annotations

import re

import numpy as np
import pytest

from course_lib.checks.compare import close, same
from course_lib.checks.evidence import relation

A = np.array([[1.0, 2.5, -3.0], [4.0, 0.0, 6.5]])

RIGHT = [
    ("a list for an array", A.tolist(), A),
    ("a tuple for a list", (1, 2), [1, 2]),
    ("a float for a whole number", 3.0, 3),
    ("an array without axes for a number", np.array(2.5), 2.5),
    ("float32 inside", A.astype(np.float32).astype(float), A),
    ("a float32 result of float32 inputs", A.astype(np.float32) * (1 + 2e-4), A.astype(np.float32)),
    ("integers for booleans", np.array([1, 0]), np.array([True, False])),
    ("rounding error around zero", A + 1e-12, A),
    ("rounding error where zero is expected", 1e-17, 0.0),
    ("NaN where NaN is expected", np.array([np.nan, 1.0]), np.array([np.nan, 1.0])),
    ("a dictionary in another order", {2: [1], 1: []}, {1: [], 2: [1]}),
    ("nothing where nothing is expected", None, None),
    ("mixed containers", ({1: 2.0}, [3]), [{1: 2}, (3,)]),
    ("an empty list for an empty array", [], np.zeros(0)),
]

WRONG = [
    ("off by one in a large count", 201_371_659, 201_371_658, "expected 201371658, got 201371659"),
    ("shape", A.T, A, r"expected shape \(2, 3\), got shape \(3, 2\).*transposed"),
    ("NaN", np.where(A == 0, np.nan, A), A, "got nan. NaN comes from 0/0"),
    ("one entry", A + [[0, 0, 0], [0, 0, 1]], A, r"at index \[1, 2\]: expected 6.5, got 7.5"),
    ("text", "no", A, r"expected an array of shape \(2, 3\), got text"),
    ("missing key", {1: []}, {1: [], 2: []}, "the key 2 is missing"),
    ("extra key", {1: [], 3: []}, {1: []}, "the key 3 should not be there"),
    ("inside a dictionary", {1: [2, 4]}, {1: [2, 3]}, r"in result\[1\]: at index \[1\]"),
    ("a set where order counts", {1, 2}, [1, 2], "a list in a fixed order"),
    ("too few entries", [{1: 1}], [{1: 1}, {2: 2}], "expected 2 entries, got 1"),
    ("a number for a dictionary", 3, {1: 2}, "expected a dictionary, got a number"),
    ("a truth value", np.array([1, 1]), np.array([True, False]), "expected False, got True"),
    ("infinite", A + np.inf, A, "got inf"),
]


@pytest.mark.parametrize(("got", "expected"), [r[1:] for r in RIGHT], ids=[r[0] for r in RIGHT])
def test_right_styles_pass(got, expected):
    assert close()(got, expected, None) is None
    assert same(got, expected) or np.asarray(got).dtype == np.float32 or got is not expected


@pytest.mark.parametrize(
    ("got", "expected", "words"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG]
)
def test_wrong_answers_get_a_sentence(got, expected, words):
    with np.errstate(invalid="ignore"):
        sentence = close()(got, expected, None)
    assert sentence is not None
    assert re.search(words, sentence), sentence


def test_dtype_counts_only_where_asked():
    assert close()(A.astype(np.float32).astype(float), A, None) is None
    assert "dtype" in str(close(dtype=True)(A.astype(np.float32), A, None))


B = np.random.default_rng(3).normal(size=(2, 3, 4, 4))
RELATIONS = [
    ("transposed", np.swapaxes(B, -1, -2), "last two axes swapped"),
    ("batch and channels", np.swapaxes(B, 0, 1), "first two axes swapped"),
    ("rotated kernel", B[..., ::-1, ::-1], "last two axes flipped"),
    ("channels last", np.moveaxis(B, 1, -1), "channels moved to the end"),
    ("flipped", B[:, ::-1], "flipped along axis 1"),
    ("shifted", np.roll(B, 1, 2), "shifted by one along axis 2"),
    ("negated", -B, "opposite sign"),
    ("averaged over the batch", B / 2, "times 0.5"),
    ("an offset", B + 0.25, "plus 0.25 everywhere"),
    ("a ReLU too many", np.maximum(B, 0), "negative values set to 0"),
    ("signs lost", np.abs(B), "without its signs"),
    ("flattened", B.ravel(), "in another shape"),
]


@pytest.mark.parametrize(
    ("got", "words"), [r[1:] for r in RELATIONS], ids=[r[0] for r in RELATIONS]
)
def test_relations_are_named(got, words):
    assert words in str(relation(got, B))


def test_one_flipped_axis_is_not_called_two():
    assert "flipped along axis 1" in str(relation(np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]])))


def test_whole_numbers_beside_a_large_one_are_told_exactly():
    told = str(close()((63504, 76, 4826304), (63504, 75, 4762800), None))
    assert "index [1]: expected 75, got 76" in told and "2 of 3" in told


def test_of_several_arrays_the_one_that_differs_is_told():
    mean, var = np.full((1, 2, 1, 1), 4.0), np.full((1, 2, 1, 1), 5.0)
    told = str(close()((mean.ravel(), var.ravel()), (mean, var), None))
    assert told.startswith("in result[0]: expected shape (1, 2, 1, 1), got shape (2,)"), told
    assert "in result[1]: at index [0, 0, 0, 0]" in str(close()((mean, mean), (mean, var), None))
    assert close()((mean, var), (mean, var), None) is None
    assert "expected shape (2, 1, 2, 1, 1)" in str(close()(mean, (mean, var), None))


def test_no_relation_is_claimed_where_there_is_none():
    assert relation(B + np.random.default_rng(4).normal(size=B.shape), B) is None
    assert relation(np.array([2.0]), np.array([1.0])) is None
