"""The summary of a network: true shapes, fields, sums; any network, left as it was."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib import layers
from course_lib.layers import (
    BatchNorm2d,
    Conv2d,
    ConvTranspose2d,
    Dropout,
    FractionalMaxPool2d,
    GlobalAvgPool2d,
    Layer,
    Parallel,
    Parameter,
    ReLU,
    Residual,
    Sequential,
)
from course_lib.shapes import count_macs, count_params, summary, tracing
from tests.course_lib.layer_table import Row
from tests.course_lib.messages import Message, check, unread_raises
from tests.course_lib.published import CHEAP, conv, lenet, linear
from tests.course_lib.test_layers import every_layer, made


def test_the_summary_of_lenet() -> None:
    """R-n07: the sizes; B-n17: after C1, P1, C2, P2, C5 a number sees 5, 6, 14, 16, 32 pixels."""
    assert repr(summary(lenet(84), (1, 32, 32))) == """\
layer        output shape  parameters  multiply-adds  sees
----------------------------------------------------------
0 Conv2d     6 x 28 x 28          156        117,600     5
1 ReLU       6 x 28 x 28            0              0     5
2 MaxPool2d  6 x 14 x 14            0              0     6
3 Conv2d     16 x 10 x 10       2,416        240,000    14
4 ReLU       16 x 10 x 10           0              0    14
5 MaxPool2d  16 x 5 x 5             0              0    16
6 Conv2d     120 x 1 x 1       48,120         48,000    32
7 Flatten    120                    0              0    32
8 ReLU       120                    0              0    32
9 Linear     84                10,164         10,080   all
10 ReLU      84                     0              0   all
11 Linear    10                   850            840   all
----------------------------------------------------------
sum                            61,706        416,520"""


def fields_of(model: Layer, shape: tuple[int, ...]) -> list[tuple[int, ...] | None]:
    return [row.field for row in summary(model, shape).rows]


def test_fields_go_through_branches_and_around_residuals() -> None:
    branches = Parallel(
        conv(3, 2, 1), Sequential(conv(3, 4, (3, 1), 1, (1, 0)), conv(4, 2, (1, 5), 1, (0, 2)))
    )
    assert fields_of(Sequential(branches, conv(4, 1, 3)), (3, 8, 9)) == [
        (1, 1), (3, 1), (3, 5), (5, 7),
    ]
    block = Residual(Sequential(conv(3, 3, 3, 1, 1), conv(3, 3, 3, 1, 1)), conv(3, 3, 1), ReLU())
    assert fields_of(block, (3, 8, 9)) == [(3, 3), (5, 5), (1, 1), (5, 5)]
    dilated = Sequential(*[conv(1, 1, 3, dilation=d) for d in (1, 2, 4)])
    assert fields_of(dilated, (1, 20, 21)) == [(3, 3), (7, 7), (15, 15)]
    up = Sequential(ConvTranspose2d(1, 1, 2, 2, **CHEAP), conv(1, 1, 3))
    assert fields_of(up, (1, 5, 6)) == [(1, 1), (2, 2)]
    assert fields_of(Sequential(GlobalAvgPool2d(), ReLU()), (3, 5, 6)) == [None, None]


def test_a_network_with_a_forward_pass_of_its_own() -> None:
    class Own(Layer):
        def __init__(self) -> None:
            self.first, self.second = conv(1, 2, 3, 1, 1), conv(2, 2, 3, 1, 1)
            self.head = linear(4, 3)    # for training only
            self.unused = Parameter(np.ones(5))

        def forward(self, x):
            x = self.first.forward(x)
            return self.second.forward(2 * x) + x

    found = summary(Sequential(Own(), ReLU()), (1, 4, 5))
    assert [row.name for row in found.rows] == ["0.first", "0.second", "1"]
    assert [row.field for row in found.rows] == [(3, 3), (5, 5), (5, 5)]
    assert found.parameters == 20 + 38 + 15 + 5
    assert repr(found).endswith("\n20 of these parameters are in layers that did not run.")


def test_a_shared_parameter_is_counted_where_it_is_first_met() -> None:
    first, second = linear(3, 3), linear(3, 3)
    second.weight = first.weight
    found = summary(Sequential(first, second), 3)
    assert [row.parameters for row in found.rows] == [12, 3]
    assert found.parameters == 15


def test_one_layer_is_a_network_too() -> None:
    (row,) = summary(linear(3, 4), 3).rows
    assert row == tracing.Row("", "Linear", (4,), 16, 12, None)


@every_layer
def test_every_layer_can_be_summarised_and_tells_its_true_shape(row: Row) -> None:
    layer, x, _ = made(row)
    found = summary(layer, x.shape[1:])
    assert sum(row.parameters for row in found.rows) == found.parameters == count_params(layer)
    told, y = layer.output_shape(x.shape[1:]), layer.forward(x)
    assert told in (None, y.shape[1:])
    if len(found.rows) == 1:
        assert found.rows[0].output_shape == y.shape[1:]


def test_a_summary_leaves_the_network_as_it_was() -> None:
    rng = np.random.default_rng(1)
    net = Sequential(
        Conv2d(2, 3, 3, padding=1, rng=rng), BatchNorm2d(3), Dropout(0.5, rng=rng),
        FractionalMaxPool2d(2, 3, rng=rng), layers.Tanh(),
    )
    x = rng.standard_normal((2, 2, 5, 6))
    y = net.forward(x)
    state, draws = net.state_dict(), rng.bit_generator.state
    wanted = net.backward(np.ones_like(y))
    summary(net, (2, 9, 8))
    assert rng.bit_generator.state == draws
    np.testing.assert_array_equal(net.backward(np.ones_like(y)), wanted)
    for name, array in net.state_dict().items():
        np.testing.assert_array_equal(array, state[name])
    assert all(layer.training for layer in net.layers_within())
    assert not any("forward" in vars(layer) for layer in net.layers_within())


def test_a_network_that_fails_is_left_as_it_was_too() -> None:
    net = Sequential(conv(1, 2, 3), linear(5, 6))
    with pytest.raises(ValueError, match="Linear expects x with 5 features"):
        summary(net, (1, 4, 4))
    assert net[0].training
    assert not any("forward" in vars(layer) for layer in net.layers_within())


MESSAGES = [
    Message(
        lambda: summary(3, (1, 2)), TypeError,
        "summary expects a layer or a network of layers; got 3. "
        "Let your own class inherit from layers.Layer.",
    ),
    Message(
        lambda: summary(ReLU(), (3, 0)), ValueError,
        "A length in input_shape must be at least 1; got 0.",
    ),
    Message(
        lambda: summary(conv(3, 4, 5), (1, 28, 28)), ValueError,
        "Conv2d expects x with 3 channels; got shape (1, 1, 28, 28). "
        "Did you mean Conv2d(1, ...)?",
    ),
    Message(
        lambda: count_macs(conv(3, 4, 5, 2), (3, 28, 28)), ValueError,
        "Conv2d, along the rows: Stride 2 does not fit: (28 - 5 + 2*0)/2 + 1 = 12.5 is not whole. "
        "Legal strides for n_in=28, kernel_size=5, padding=0: 1 and 23. "
        "(Or say rounding='floor' or rounding='ceil'.)",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text[:60])
def test_message(message: Message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    assert unread_raises([tracing], MESSAGES) == []
