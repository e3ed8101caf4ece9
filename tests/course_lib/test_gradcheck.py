"""The gradient check finds wrong gradients, passes right ones, and explains itself."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib import functional as F
from course_lib import gradcheck
from course_lib.gradcheck import check_gradient, compare_gradients
from tests.course_lib.messages import Message, check, unread_raises


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def linear_arguments():
    return tuple(rng(7).standard_normal(shape) for shape in ((2, 3), (4, 3), (4,)))


def right(g, x, weight, bias):
    return F.linear_backward(g, x, weight)


# How a backward pass goes wrong, and by which argument it must be found.
WRONG = [
    ("scaled", lambda g, x, w, b: (g @ w, 1.001 * g.T @ x, g.sum(0)), 1),
    ("sign", lambda g, x, w, b: (-g @ w, g.T @ x, g.sum(0)), 0),
    ("mean instead of sum", lambda g, x, w, b: (g @ w, g.T @ x, g.mean(0)), 2),
    ("upstream gradient forgotten",
     lambda g, x, w, b: F.linear_backward(np.ones_like(g), x, w), 0),
    ("some entries off", lambda g, x, w, b: (g @ w, g.T @ x + np.eye(4, 3), g.sum(0)), 1),
    ("not a number", lambda g, x, w, b: (g @ w, g.T @ x, np.nan * g.sum(0)), 2),
    ("small beside a large one", lambda g, x, w, b: (g @ w, g.T @ x, 0 * g.sum(0)), 2),
]


@pytest.mark.parametrize("seed", range(20))
def test_a_right_gradient_passes(seed) -> None:
    result = check_gradient(F.linear, right, linear_arguments(), rng=rng(seed))
    assert result.ok
    assert result.relative_error < 1e-8
    assert result.analytic == pytest.approx(result.numeric, rel=1e-6)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize(("name", "wrong", "argument"), WRONG)
def test_a_wrong_gradient_is_found(name, wrong, argument, seed) -> None:
    x, weight, bias = linear_arguments()
    result = check_gradient(F.linear, wrong, (1000 * x, weight, bias), rng=rng(seed))
    assert not result.ok
    if name != "upstream gradient forgotten":  # that one is wrong by all arguments
        assert result.argument == argument


def test_the_same_seed_gives_the_same_numbers() -> None:
    first, second = (
        check_gradient(F.linear, right, linear_arguments(), rng=rng(5)) for _ in range(2)
    )
    assert first == second


def test_wrt_chooses_the_arguments() -> None:
    x, weight, bias = linear_arguments()
    result = check_gradient(
        F.linear, lambda g, x, w, b: g.T @ x, (x.astype(np.float32), weight, bias),
        rng=rng(), wrt=[1],
    )
    assert result.ok and result.argument == 1


def test_one_number_and_an_argument_that_is_no_array() -> None:
    result = check_gradient(
        lambda x, power: x**power, lambda g, x, power: g * power * x ** (power - 1),
        (1.5, 3), rng=rng(), wrt=[0],
    )
    assert result.ok
    assert check_gradient(
        lambda x, bias: F.linear(x, x, bias), lambda g, x, bias: g @ x + g.T @ x,
        (rng(1).standard_normal((3, 3)), None), rng=rng(),
    ).ok


def test_a_gradient_of_zero_agrees_with_zero() -> None:
    result = check_gradient(
        F.sigmoid, lambda g, x: F.sigmoid_backward(g, F.sigmoid(x)), (np.array([900.0]),),
        rng=rng(),
    )
    assert result.ok and result.relative_error == 0


def test_arguments_stay_as_they_were() -> None:
    arguments = linear_arguments()
    copies = [argument.copy() for argument in arguments]
    check_gradient(F.linear, right, arguments, rng=rng(), show=False)
    for argument, copy in zip(arguments, copies, strict=True):
        np.testing.assert_array_equal(argument, copy)


def test_the_result_says_what_it_found() -> None:
    good = check_gradient(F.linear, right, linear_arguments(), rng=rng())
    assert str(good).startswith("The gradients agree: relative error ")
    assert "(tolerance 1e-06) by argument" in str(good)
    bad = check_gradient(np.square, lambda g, x: 4 * g * x, (np.array([3.0]),), rng=rng())
    assert str(bad) == (
        "The gradients differ: relative error 5.0e-01 (tolerance 1e-06) by argument 0; "
        f"backward says {bad.analytic:.9g}, finite differences say {bad.numeric:.9g}."
    )


def test_show_prints_every_entry_and_marks_the_worst(capsys) -> None:
    def wrong(g, x):
        gradient = 2 * g * x
        gradient[0, 1] *= 1.5
        return gradient

    x = np.array([[1.0, 2.0], [3.0, 4.0], [0.0, -1.0]])
    result = check_gradient(np.square, wrong, (x,), rng=rng(), show=True)
    header, *rows = capsys.readouterr().out.splitlines()
    assert header.split() == ["entry", "backward", "differences", "relative", "error"]
    assert [row.split("]")[0] + "]" for row in rows] == [
        f"args[0][{i}, {j}]".split("]")[0] + "]" for i in range(3) for j in range(2)
    ]
    assert [row.endswith("<- worst") for row in rows] == [False, True, *[False] * 4]
    name, backward, differences, error = rows[1].replace("0, 1", "0,1").split()[:4]
    assert name == "args[0][0,1]"
    assert float(backward) == pytest.approx(1.5 * float(differences), rel=1e-4)
    # relative to the larger of the two and of the usual size of an entry
    assert 0 < float(error) <= 1 / 3
    assert result.worst_entry == "args[0][0, 1]"
    assert str(result).endswith("Worst entry: args[0][0, 1].")


def test_show_names_a_single_number(capsys) -> None:
    check_gradient(np.square, lambda g, x: 2 * g * x, (1.5,), rng=rng(), wrt=[0], show=True)
    assert capsys.readouterr().out.splitlines()[1].startswith("args[0] ")


def run(args, backward=right, **options):
    return check_gradient(F.linear, backward, args, rng=rng(), **options)


X, WEIGHT, BIAS = linear_arguments()

# Every gradient on the way back, beside its reference

REFERENCE = {"y": 0.5, "W2": np.array([[1.0, -4.0]]), "a1": np.array([2.0, 0.0]), "b1": -0.1}

MESSAGES = [
    Message(
        lambda: run((X, WEIGHT.astype(np.float32), BIAS)), TypeError,
        "check_gradient expects argument 1 in float64; got float32, and a step of 1e-6 drowns in "
        "its 7 digits. Use .astype(np.float64), or leave the argument out of wrt.",
    ),
    Message(
        lambda: run((X.astype(int), WEIGHT, BIAS)), TypeError,
        "check_gradient expects argument 0 in float64; got int64, and it has no room for a step "
        "of 1e-6. Use .astype(np.float64), or leave the argument out of wrt.",
    ),
    Message(
        lambda: run((1.0, 2.0)), ValueError,
        "check_gradient has nothing to change: no array among the arguments.",
    ),
    Message(
        lambda: run((X, WEIGHT, BIAS), lambda g, x, w, b: (g @ w, g.T @ x)), ValueError,
        "f_backward should return 3 gradients, by the arguments [0, 1, 2]; it returned 2. "
        "Say which ones with wrt=...",
    ),
    Message(
        lambda: run((X, WEIGHT, BIAS), lambda g, x, w, b: (g @ w, x.T @ g, g.sum(0))), ValueError,
        "The gradient by argument 1 should have its shape (4, 3); got (3, 4). Is it transposed?",
    ),
    Message(
        lambda: run((X, WEIGHT, BIAS), lambda g, x, w, b: (g @ w, g.T @ x, g)), ValueError,
        "The gradient by argument 2 should have its shape (4,); got (2, 4).",
    ),
    Message(
        lambda: compare_gradients({"w2": 1.0}, REFERENCE), ValueError,
        "compare_gradients knows no gradient called 'w2'; the reference has y, W2, a1, b1.",
    ),
]


def test_equal_gradients_are_exact() -> None:
    found = compare_gradients(dict(REFERENCE), REFERENCE)
    assert found.ok and found.first_wrong is None
    assert all(row.exact and row.difference == 0 for row in found.rows)


def test_rounding_is_not_exact_but_agrees() -> None:
    mine = REFERENCE | {"W2": REFERENCE["W2"] * (1 + 1e-12)}
    row = compare_gradients(mine, REFERENCE).rows[1]
    assert row.ok and not row.exact
    assert row.difference == pytest.approx(4e-12, rel=1e-3)


def test_the_order_of_the_reference_decides_which_is_first() -> None:
    mine = {"b1": 0.1, "a1": np.array([2.0, 1.0]), "W2": REFERENCE["W2"], "y": 0.5}
    found = compare_gradients(mine, REFERENCE)
    assert [row.ok for row in found.rows] == [True, True, False, False]
    assert found.first_wrong == "a1"
    assert compare_gradients(mine, dict(reversed(REFERENCE.items()))).first_wrong == "b1"


def test_the_tolerance_is_relative_to_the_largest_entry() -> None:
    off = {"W": np.array([1000.0, 1e-4])}
    assert compare_gradients(off, {"W": np.array([1000.0, 0.0])}).ok
    assert not compare_gradients({"W": np.array([0.0, 1e-4])}, {"W": np.zeros(2)}).ok
    assert compare_gradients({"b": 1e-4}, {"b": 0.0}, tolerance=1e-3).ok


def test_the_table_says_what_is_missing_or_misshaped_and_where_to_begin() -> None:
    mine = {"y": 0.5, "W2": REFERENCE["W2"].T, "b1": np.nan}
    assert str(compare_gradients(mine, REFERENCE)).splitlines() == [
        "gradient  exact  agrees  largest difference",
        "y           yes     yes  0.0e+00",
        "W2           no      no  shape (2, 1) instead of (1, 2)  <- first wrong",
        "a1           no      no  missing",
        "b1           no      no  nan",
    ]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text[:60])
def test_message(message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    assert unread_raises([gradcheck], MESSAGES) == []
