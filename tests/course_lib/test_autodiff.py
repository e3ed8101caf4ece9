"""Value: derivatives by hand, by laws, against differences and PyTorch, and the complaints."""

from __future__ import annotations

import math
import operator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import autodiff
from course_lib.autodiff import Value
from tests.course_lib.messages import Message, check, unread_raises

numbers = st.floats(-3, 3).map(lambda x: round(x, 3))

# Name, operation on one or two numbers, where to try it. Each with Value, float and torch alike.
UNARY = [
    ("neg", lambda a: -a, (-1.5, 0.0, 2.0)),
    ("tanh", lambda a: a.tanh(), (-1.5, 0.0, 2.0)),
    ("relu", lambda a: a.relu(), (-1.5, 0.0, 2.0)),
    ("exp", lambda a: a.exp(), (-1.5, 0.0, 2.0)),
    ("log", lambda a: a.log(), (0.25, 1.0, 7.0)),
    ("square", lambda a: a**2, (-1.5, 0.0, 2.0)),
    ("cube", lambda a: a**3, (-1.5, 0.0, 2.0)),
    ("to the power 0", lambda a: a**0, (-1.5, 0.0, 2.0)),
    ("to the power 1", lambda a: a**1.0, (-1.5, 0.0, 2.0)),
    ("root", lambda a: a**0.5, (0.25, 2.0)),
    ("inverse square", lambda a: a**-2, (-1.5, 2.0)),
    ("power of two", lambda a: 2**a, (-1.5, 0.0, 2.0)),
    ("twice the same", lambda a: a * a + a / a - a, (-1.5, 2.0)),
]
BINARY = [
    ("+", operator.add), ("-", operator.sub), ("*", operator.mul), ("/", operator.truediv),
    ("**", operator.pow),
]


def tangled(a, b, relu):
    """Every operation at once, with numbers on both sides and much used twice."""
    c = a + b * 2.0 - 1
    c = c + c * a + (-b) ** 3
    d = (c * 0.1).tanh() * (b.exp() + 3) / (1.5 + a**2)
    d = d - 2 * relu(c) / (4 - b) + (a * a + 1.5).log() * 0.5
    e = (d**2 + 1) ** (b * 0.25 + 0.5) + 2 ** (a / 3) - relu(-d)
    return e / 2.0 + 10.0 / (e**2 + 1) + c


@pytest.mark.may_skip_in_ci(reason="CI installs PyTorch; the golden numbers below stand in for it")
@pytest.mark.parametrize(("name", "f", "places"), UNARY, ids=[row[0] for row in UNARY])
def test_operations_of_one_number_equal_pytorch(name, f, places) -> None:
    torch = pytest.importorskip("torch")
    for place in places:
        value = Value(place)
        tensor = torch.tensor(place, dtype=torch.float64, requires_grad=True)
        y, y_torch = f(value), f(tensor)
        y.backward()
        y_torch.backward()
        assert y.data == pytest.approx(y_torch.item(), rel=1e-12)
        assert value.grad == pytest.approx(tensor.grad.item(), rel=1e-12)


@pytest.mark.parametrize(("name", "f"), BINARY, ids=[row[0] for row in BINARY])
@pytest.mark.parametrize("scalar", [float, int, np.float64, np.float32, np.int64])
def test_plain_numbers_may_stand_on_either_side(name, f, scalar) -> None:
    for left, right in ((Value(3), Value(2)), (Value(3), scalar(2)), (scalar(3), Value(2))):
        y = f(left, right)
        assert type(y) is Value
        assert y.data == f(3.0, 2.0)
        y.backward()
        slopes = {
            "+": (1, 1), "-": (1, -1), "*": (2, 3), "/": (0.5, -0.75), "**": (6, 9 * math.log(3)),
        }[name]
        for operand, slope in zip((left, right), slopes, strict=True):
            if isinstance(operand, Value):
                assert operand.grad == pytest.approx(slope, rel=1e-12)


@given(numbers, numbers)
def test_a_tangled_expression_has_the_slopes_of_finite_differences(x, y) -> None:
    a, b = Value(x), Value(y)
    result = tangled(a, b, Value.relu)
    result.backward()

    def plain(x: float, y: float) -> float:
        return tangled(Value(x), Value(y), Value.relu).data

    step = 1e-6
    for value, above, below in (
        (a, plain(x + step, y), plain(x - step, y)), (b, plain(x, y + step), plain(x, y - step))
    ):
        slopes = [(above - result.data) / step, (result.data - below) / step]
        kink = abs(slopes[0] - slopes[1]) > 1e-3 * (1 + abs(value.grad))
        if not kink:  # at a kink of ReLU each side has its own slope
            assert value.grad == pytest.approx((above - below) / (2 * step), rel=1e-5, abs=1e-6)


GOLDEN = [
    # a, b, the tangled expression, its derivatives by a and b (from PyTorch)
    (-1.5, 0.75, 3.1231180914034327, -1.9877442977847146, -3.9652970621039887),
    (0.5, -1.25, 0.5216414152003583, -2.1388845881909724, -1.317592502464875),
    (2.0, 2.5, 5.064807940775083, 18.740370154819814, -24.250127461676353),
]


@pytest.mark.parametrize(("x", "y", "result", "by_a", "by_b"), GOLDEN)
def test_golden_values_of_the_tangled_expression(x, y, result, by_a, by_b) -> None:
    a, b = Value(x), Value(y)
    z = tangled(a, b, Value.relu)
    z.backward()
    assert (z.data, a.grad, b.grad) == pytest.approx((result, by_a, by_b), rel=1e-12)


@pytest.mark.may_skip_in_ci(reason="CI installs PyTorch; the golden numbers above stand in for it")
@given(numbers, numbers)
def test_a_tangled_expression_equals_pytorch(x, y) -> None:
    torch = pytest.importorskip("torch")
    a, b = Value(x), Value(y)
    z = tangled(a, b, Value.relu)
    z.backward()
    a_torch, b_torch = (
        torch.tensor(n, dtype=torch.float64, requires_grad=True) for n in (x, y)
    )
    z_torch = tangled(a_torch, b_torch, torch.relu)
    z_torch.backward()
    wanted = z_torch.item(), a_torch.grad.item(), b_torch.grad.item()
    assert (z.data, a.grad, b.grad) == pytest.approx(wanted, rel=1e-9, abs=1e-12)


def test_a_product_and_a_sum_by_hand() -> None:
    a, b, c = Value(2, label="a"), Value(-3), Value(10)
    y = a * b + c
    y.backward()
    assert (y.data, a.grad, b.grad, c.grad, y.grad) == (4, -3, 2, 1, 1)
    assert repr(a) == "Value(2, grad=-3, label='a')"
    assert repr(y) == "Value(4, grad=1)"


def test_i_n11_the_computational_graph_of_a_convolution() -> None:
    """003:309-313: y = f . (x * w) = 0.45, and all gradients of (y - t)^2 / 2."""
    x, w, f = ([Value(n) for n in ns] for ns in ([0, 0.7, 0.2, 0.8], [-1, 1], [1, 0.5, 0]))
    hidden = [x[k] * w[0] + x[k + 1] * w[1] for k in range(3)]
    y = sum(fk * hk for fk, hk in zip(f, hidden, strict=True))
    loss = (y - 1.0) ** 2 / 2
    loss.backward()
    assert [h.data for h in hidden] == pytest.approx([0.7, -0.5, 0.6])
    assert y.data == pytest.approx(0.45)
    assert loss.data == pytest.approx(0.15125)
    assert [v.grad for v in w] == pytest.approx([-0.1925, -0.44])
    assert [v.grad for v in f] == pytest.approx([-0.385, 0.275, -0.33])
    assert [v.grad for v in x] == pytest.approx([0.55, -0.275, -0.275, 0])


def test_i_n11_as_a_true_convolution_the_output_changes_its_sign() -> None:
    """The deck defines convolution with a flip (003:157-163) and computes without."""
    x, w, f = [0, 0.7, 0.2, 0.8], [-1, 1], [1, 0.5, 0]
    y = sum(f[k] * (Value(x[k]) * w[1] + x[k + 1] * w[0]) for k in range(3))
    assert y.data == pytest.approx(-0.45)


def test_what_is_used_twice_gets_both_contributions() -> None:
    a = Value(3)
    b = a + a
    (b * b).backward()
    assert (b.grad, a.grad) == (12, 24)


def test_two_calls_of_backward_add_up() -> None:
    """Also through values in between, which must not hand on the first call's gradient again."""
    a = Value(2)
    y = (a * a) * 5
    y.backward()
    y.backward()
    assert a.grad == 2 * 20
    (a * 3).backward()
    assert a.grad == 43
    y.zero_grad()
    assert all(value.grad == 0 for value in y.history())


def test_two_results_share_an_input() -> None:
    a = Value(2)
    (a * 3).backward()
    (a**2).backward()
    assert a.grad == 3 + 4


def test_a_chain_may_be_deeper_than_the_stack() -> None:
    value = start = Value(0.5)
    for _ in range(50_000):
        value = value * 1.0 + 0.0
    value.backward()
    assert start.grad == 1
    assert len(value.history()) == 1 + 2 * 100_000


def test_a_deep_chain_with_shared_parts_is_walked_once() -> None:
    """Forty doublings: 2^40 ways from the result to the input."""
    value = start = Value(1.0)
    for _ in range(40):
        value = value + value
    value.backward()
    assert start.grad == 2**40
    assert len(value.history()) == 41


@given(st.lists(st.tuples(st.sampled_from("+-*"), st.integers(0, 5), st.integers(0, 5)),
                min_size=1, max_size=12))
def test_in_the_history_every_value_follows_its_parts(steps) -> None:
    values = [Value(k) for k in range(6)]
    for symbol, i, j in steps:
        made = {"+": operator.add, "-": operator.sub, "*": operator.mul}[symbol]
        values[i] = made(values[i], values[j]).tanh()
    history = values[steps[-1][1]].history()
    assert len(history) == len(set(history))
    assert history[-1] is values[steps[-1][1]]
    for place, value in enumerate(history):
        assert all(part in history[:place] for part in value.parts)


def test_what_a_value_remembers() -> None:
    a, b = Value(3), Value(4)
    y = a * b
    assert (y.operation, y.parts, y.slopes) == ("*", (a, b), (4, 3))
    assert (a.operation, a.parts, a.slopes) == ("", (), ())
    assert [(v.operation) for v in (a**2, a**b, -a, a.tanh(), a.relu(), a.exp(), a.log())] == [
        "** 2", "**", "neg", "tanh", "relu", "exp", "log"
    ]


def test_the_derivative_of_relu_at_0_is_0() -> None:
    a = Value(0)
    a.relu().backward()
    assert a.grad == 0


def test_the_slope_of_a_root_at_0_is_infinite() -> None:
    a = Value(0)
    (a**0.5).backward()
    assert a.grad == math.inf


MESSAGES = [
    Message(
        lambda: Value("2"), TypeError,
        "Value expects one real number; got '2'. Make one Value for each number of an array.",
    ),
    Message(
        lambda: Value(2) * np.ones((2, 3)), TypeError,
        "Value expects one real number; got an array of shape (2, 3). "
        "Make one Value for each number of an array.",
    ),
    Message(
        lambda: np.ones(3) + Value(2), TypeError,
        "Value expects one real number; got an array of shape (3,). "
        "Make one Value for each number of an array.",
    ),
    Message(
        lambda: Value(True), TypeError,
        "Value expects one real number; got True. Make one Value for each number of an array.",
    ),
    Message(
        lambda: Value(2) ** "2", TypeError,
        "Value expects one real number; got '2'. Make one Value for each number of an array.",
    ),
    Message(
        lambda: Value(float("nan")), ValueError, "Value expects a finite number; got nan.",
    ),
    Message(
        lambda: Value(2) / 0, ValueError, "Value expects a divisor other than 0; got 2 / 0.",
    ),
    Message(
        lambda: 1 / Value(0), ValueError, "Value expects a divisor other than 0; got 1 / 0.",
    ),
    Message(
        lambda: Value(0) ** -1, ValueError, "Value has no real number for (0) ** -1.",
    ),
    Message(
        lambda: Value(-8) ** 0.5, ValueError, "Value has no real number for (-8) ** 0.5.",
    ),
    Message(
        lambda: Value(-2) ** Value(2), ValueError,
        "A Value as exponent needs a positive base; got (-2) ** Value(2). "
        "Use a plain number as the exponent if it is constant.",
    ),
    Message(
        lambda: 0 ** Value(2), ValueError,
        "A Value as exponent needs a positive base; got (0) ** Value(2). "
        "Use a plain number as the exponent if it is constant.",
    ),
    Message(
        lambda: Value(0).log(), ValueError, "log expects a positive Value; got 0.",
    ),
    Message(
        lambda: Value(1000).exp(), ValueError,
        "The result of exp on 1000 is larger than any float.",
    ),
    Message(
        lambda: Value(1e200) * -1e200, ValueError,
        "The result of * on 1e+200 and -1e+200 is larger than any float.",
    ),
    Message(
        lambda: Value(-1e200) ** 3, ValueError,
        "The result of ** 3 on -1e+200 is larger than any float.",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text[:60])
def test_message(message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    assert unread_raises([autodiff], MESSAGES) == []
