"""The sliding window step by step: the records, the picture, the widget, the learner's own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib import functional as F
from course_lib.widgets import ConvStepper, conv_step_figure, conv_steps
from tests.course_lib.figures import colliding_texts, smallest_font, texts

# RWTH 000:648-657
X = np.array(
    [[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1]]
)
K = np.array([[0, 1, 2], [2, 2, 0], [0, 1, 2]])
Y = [[12, 12, 17], [10, 17, 19], [9, 6, 14]]

SETTINGS = [
    # x, weight, stride, padding
    ((1, 5, 5), (1, 1, 3, 3), 1, 0),
    ((3, 5, 7), (2, 3, 3, 3), 2, 1),
    ((2, 4, 6), (1, 2, 2, 4), (2, 1), (0, 2)),
    ((1, 3, 3), (1, 1, 3, 3), 1, 0),
    ((2, 3, 4), (3, 2, 1, 1), 1, 0),
]


def test_the_example_of_the_deck() -> None:
    steps = conv_steps(X, K)
    np.testing.assert_array_equal(steps[-1].output, [Y])
    assert [step.value for step in steps] == [12, 12, 17, 10, 17, 19, 9, 6, 14]


@pytest.mark.parametrize(("x", "weight", "stride", "padding"), SETTINGS)
def test_the_output_is_that_of_the_layer(x: Any, weight: Any, stride: Any, padding: Any) -> None:
    rng = np.random.default_rng(1)
    image, kernel, bias = rng.normal(size=x), rng.normal(size=weight), rng.normal(size=weight[0])
    steps = conv_steps(image, kernel, bias, stride, padding)
    expected = F.conv2d(image[np.newaxis], kernel, bias, stride, padding)[0]
    np.testing.assert_allclose(steps[-1].output, expected)
    assert len(steps) == expected.size


@pytest.mark.parametrize(("x", "weight", "stride", "padding"), SETTINGS)
def test_products_sums_and_bias_make_the_value(
    x: Any, weight: Any, stride: Any, padding: Any
) -> None:
    rng = np.random.default_rng(2)
    image, kernel, bias = rng.normal(size=x), rng.normal(size=weight), rng.normal(size=weight[0])
    for step in conv_steps(image, kernel, bias, stride, padding):
        np.testing.assert_allclose(step.products, step.patch * kernel[step.filter])
        np.testing.assert_allclose(step.channel_sums, step.products.sum(axis=(1, 2)))
        assert step.value == pytest.approx(step.channel_sums.sum() + bias[step.filter])
        assert step.output[step.filter, step.row, step.column] == step.value


@pytest.mark.parametrize(("dilation", "stride", "padding"), [(2, 1, 0), ((2, 3), (2, 1), (1, 2))])
def test_a_dilated_kernel_takes_pixels_apart(dilation: Any, stride: Any, padding: Any) -> None:
    rng = np.random.default_rng(3)
    image, kernel, bias = rng.normal(size=(2, 7, 8)), rng.normal(size=(3, 2, 2, 2)), np.ones(3)
    steps = conv_steps(image, kernel, bias, stride, padding, dilation=dilation, layer=F.conv2d)
    expected = F.conv2d(image[np.newaxis], kernel, bias, stride, padding, dilation)[0]
    np.testing.assert_allclose(steps[-1].output, expected)
    assert steps[0].remark.endswith(f"All {expected.size} entries agree.")
    assert "apart" in steps[0].words
    fig = conv_step_figure(image, kernel, bias, stride, padding, 0, dilation=dilation)
    taps = [patch for patch in fig.axes[0].patches if patch.get_linewidth() == 3.5]
    assert len(taps) == 1 + 4


def test_dilation_can_be_chosen() -> None:
    widget = ConvStepper(X, K)
    widget.dilation.value = 2
    assert len(widget.steps) == 1
    assert widget.steps[0].value == pytest.approx(float((X[::2, ::2] * K).sum()))
    widget.dilation.value = 3
    assert widget.error.startswith("A window of 7 is larger than an input of 5")


def test_the_output_is_filled_as_far_as_reached() -> None:
    steps = conv_steps(X, K)
    for count, step in enumerate(steps, start=1):
        assert np.count_nonzero(~np.isnan(step.output)) == count
    assert np.isnan(steps[0].output[0, 0, 1])


@pytest.mark.parametrize(
    ("x", "weight"),
    [(X, K), (X[np.newaxis], K[np.newaxis]), (X[np.newaxis, np.newaxis], K[np.newaxis, np.newaxis]),
     (X.tolist(), K.tolist())],
)
def test_forms_of_one_channel(x: Any, weight: Any) -> None:
    np.testing.assert_array_equal(conv_steps(x, weight)[-1].output, [Y])


def test_one_bias_may_stand_for_all_filters() -> None:
    values = [step.value for step in conv_steps([[1]], [[[[1]]], [[[2]]]], 10)]
    assert values == [11, 12]


def test_the_arithmetic_of_one_channel() -> None:
    step = conv_steps(X, K, -1.5)[0]
    assert step.sentence == (
        "y[0, 0, 0] = 3*0 + 3*1 + 2*2 + 0*2 + 0*2 + 1*0 + 3*0 + 1*1 + 2*2 + bias (−1.5) = 10.5"
    )
    assert step.words == "Filter 0 lies on rows 0 to 2 and columns 0 to 2 of the input."


def test_the_arithmetic_of_several_channels() -> None:
    x = np.array([[[1, 2]], [[3, -4]]])
    steps = conv_steps(x, np.array([[[[2]], [[-1]]]]), [0.5])
    assert steps[1].sentence.splitlines() == [
        "channel 0: 2*2 = 4",
        "channel 1: (−4)*(−1) = 4",
        "y[0, 0, 1] = 4 + 4 + bias 0.5 = 8.5",
    ]


def test_the_words_count_in_the_padded_input() -> None:
    step = conv_steps(X, K, stride=2, padding=1)[-1]
    assert (step.top, step.left) == (4, 4)
    assert step.words == "Filter 0 lies on rows 4 to 6 and columns 4 to 6 of the padded input."


def test_the_picture_shows_window_products_and_output() -> None:
    fig = conv_step_figure(X, K, step=0)
    written = texts(fig)
    titles = ["input x[0]", "weight[0, 0]", "products: sum 12", "output y[0]"]
    assert set(titles) <= set(written)
    assert written.count("12") == 1  # the output so far
    products = next(ax for ax in fig.axes if ax.get_title() == "products: sum 12")
    assert [t.get_text() for t in products.texts] == ["0", "3", "4", "0", "0", "0", "0", "1", "4"]


def test_the_picture_of_channels_and_filters() -> None:
    fig = conv_step_figure(np.ones((3, 4, 4)), np.ones((2, 3, 3, 3)), step=4)
    written = texts(fig)
    assert [text for text in written if text.startswith("weight")] == [
        "weight[1, 0]", "weight[1, 1]", "weight[1, 2]",
    ]
    assert {"input x[2]", "output y[0]", "output y[1]"} <= set(written)


def test_the_border_of_zeros_is_hatched() -> None:
    def hatched(padding: int) -> int:
        ax = conv_step_figure(X, K, padding=padding).axes[0]
        return sum(patch.get_hatch() == "///" for patch in ax.patches)

    assert (hatched(0), hatched(1)) == (0, 49 - 25)


@pytest.mark.parametrize(
    "fig",
    [
        pytest.param(lambda: conv_step_figure(X, K), id="one channel"),
        pytest.param(lambda: conv_step_figure(X, K, stride=2, padding=1), id="padded"),
        pytest.param(
            lambda: conv_step_figure(np.ones((3, 5, 5)), -np.ones((2, 3, 3, 3)), [1, 0], 2, 1),
            id="the demo with two filters",
        ),
        pytest.param(lambda: conv_step_figure([[1, 2, 3, 4]], [[1]]), id="tiny"),
        pytest.param(
            lambda: conv_step_figure(np.eye(14, 20) / 3, np.eye(3, 5) / 7, step=9), id="large"
        ),
    ],
)
def test_the_picture_can_be_read(fig: Any) -> None:
    drawn = fig()
    assert colliding_texts(drawn) == []
    assert smallest_font(drawn) >= 6


# The widget


def test_next_slides_the_window() -> None:
    widget = ConvStepper(X, K)
    assert "3*0 + 3*1 + 2*2" in widget.words.value
    widget.next.click()
    assert widget.step == 1
    assert "columns 1 to 3" in widget.words.value
    assert 'alt="Position 2 of 9. Filter 0 lies on' in widget.picture.value
    widget.back.click()
    assert widget.step == 0


def test_stride_and_padding_can_be_chosen() -> None:
    widget = ConvStepper(X, K)
    widget.step = 8
    widget.stride.value = 2
    assert (len(widget.steps), widget.step, widget.slider.max, widget.play.max) == (4, 0, 3, 3)
    widget.padding.value = 1
    assert len(widget.steps) == 9
    assert "padded input" in widget.words.value
    assert widget.error == ""


def test_an_illegal_stride_is_answered_with_the_legal_ones() -> None:
    widget = ConvStepper(X, K)
    widget.stride.value = 3
    legal = "Legal strides for n_in=5, kernel_size=3, padding=0: 1 and 2."
    assert widget.error.startswith("Stride 3 does not fit: (5 - 3 + 2*0)/3 + 1 = 1.66667 is not")
    assert legal in widget.error
    assert legal in widget.message.value
    assert widget.picture.value == widget.words.value == ""
    widget.next.click()
    assert legal in widget.error  # still, and nothing of the setting before
    assert widget.picture.value == ""
    widget.stride.value = 2
    assert widget.error == ""
    assert "img" in widget.picture.value


def test_a_setting_that_is_in_no_menu_is_added_to_it() -> None:
    widget = ConvStepper(X, K, stride=(2, 1))
    assert widget.stride.value == (2, 1)
    assert len(widget.steps) == 2 * 3


def test_every_control_has_a_name() -> None:
    widget = ConvStepper(X, K)
    controls = [widget.back, widget.next, widget.play_button, widget.slider]
    controls += [widget.stride, widget.padding]
    assert [control.description for control in controls] == [
        "Back", "Next", "Play", "Step", "Stride S", "Padding P",
    ]


# The learner's own layer


def right(x: Any, weight: Any, bias: Any, stride: Any, padding: Any) -> Any:
    return F.conv2d(x, weight, bias, stride, padding)


def flips(x: Any, weight: Any, bias: Any, stride: Any, padding: Any) -> Any:
    return F.conv2d(x, weight[:, :, ::-1, ::-1], bias, stride, padding)


def test_a_right_layer_agrees() -> None:
    for step in conv_steps(X, K, 1, 2, 1, layer=right):
        assert step.remark.startswith("Yours agrees: y[0, ")
        assert step.remark.endswith("All 9 entries agree.")
        assert not step.differing.any()


def test_a_wrong_layer_is_marked_where_it_differs() -> None:
    steps = conv_steps(X, K, layer=flips)
    # The flipped kernel gives [[18, 20, 19], [10, 9, 17], [11, 8, 14]]: two entries are equal.
    np.testing.assert_array_equal(
        steps[0].differing, [[[True, True, True], [False, True, True], [True, True, False]]]
    )
    assert steps[0].remark == "Your y[0, 0, 0] is 18; expected 12. 7 of 9 entries differ."
    assert steps[3].remark == "Yours agrees: y[0, 1, 0] = 10. 7 of 9 entries differ."


@pytest.mark.parametrize(("step", "crosses"), [(0, 1), (3, 3), (8, 7)])
def test_entries_that_differ_are_crossed_out_as_far_as_reached(step: int, crosses: int) -> None:
    fig = conv_step_figure(X, K, step=step, layer=flips)
    output = next(ax for ax in fig.axes if ax.get_title() == "output y[0]")
    assert len(output.get_lines()) == 2 * crosses


def test_the_layer_gets_batches_and_plain_numbers() -> None:
    seen = []

    def layer(x: Any, weight: Any, bias: Any, stride: Any, padding: Any) -> Any:
        seen.append((x.shape, weight.shape, bias.tolist(), stride, padding))
        x[:], weight[:] = 0, 0
        return F.conv2d(x, weight, bias, stride, padding)

    before = X.astype(float)
    conv_steps(before, K, stride=2, padding=1, layer=layer)
    assert seen == [((1, 1, 5, 5), (1, 1, 3, 3), [0.0], 2, 1)]
    np.testing.assert_array_equal(before, X)


def test_an_object_with_forward_uses_its_own_weights() -> None:
    class Mine:
        def forward(self, x: Any) -> Any:
            return F.conv2d(x, np.ones((1, 1, 3, 3)))

    steps = conv_steps(X, K, layer=Mine())
    assert steps[0].remark == "Your y[0, 0, 0] is 15; expected 12. 9 of 9 entries differ."


def not_written(*_: Any) -> Any:
    raise NotImplementedError


def breaks(*_: Any) -> Any:
    raise IndexError("index 5 is out of bounds\nfor axis 0")


PROBLEMS = [
    (not_written, "Your not_written is not written yet; this is the library's version."),
    (breaks, "Your breaks raised IndexError: index 5 is out of bounds"),
    (lambda *_: None, "Your <lambda> returned shape (); expected (1, 1, 3, 3)."),
    (lambda *_: np.zeros((1, 1, 3, 4)),
     "Your <lambda> returned shape (1, 1, 3, 4); expected (1, 1, 3, 3)."),
    (lambda *_: "twelve", "Your <lambda> returned str, not an array of numbers."),
    (lambda *_: [[1], [2, 3]], "Your <lambda> returned list, not an array of numbers."),
]


@pytest.mark.parametrize(("layer", "sentence"), PROBLEMS, ids=[text for _, text in PROBLEMS])
def test_whatever_the_layer_does_ends_in_one_sentence(layer: Any, sentence: str) -> None:
    widget = ConvStepper(X, K, layer=layer)
    assert widget.error == sentence
    widget.next.click()
    assert widget.error == sentence
    assert "y[0, 0, 1] = " in widget.words.value


def test_the_plain_picture_says_it_too() -> None:
    assert PROBLEMS[0][1] in texts(conv_step_figure(X, K, layer=not_written))
