"""What a learner of lecture 11 reads: worked numbers, any shares of a product, kill inputs."""

import numpy as np
import pytest

from course_lib.checks.cases import Case, Choice, declaration
from course_lib.checks.killing import judge_kill
from course_lib.checks.values import Answer

SOBEL = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
LAPLACIAN = [[0, 1, 0], [1, -4, 1], [0, 1, 0]]
KILL = declaration("kill_zero_determinant")


def answer(name, *args):
    return np.asarray(declaration(name).reference(*args))


def product(got, kernel=SOBEL):
    exercise, case = declaration("separate_kernel"), Case("", np.asarray(kernel), family="")
    return exercise.compare(got, exercise.expected(case).value, case)


def test_a_kernel_of_three_spans_three_five_and_nine_pixels():
    """W-n21."""
    spans = [answer("dilate_kernel", SOBEL, dilation).shape for dilation in (1, 2, 4)]
    assert spans == [(3, 3), (5, 5), (9, 9)]


def test_one_by_one_on_a_flattened_image_is_a_dense_layer():
    """W-n23."""
    rng = np.random.default_rng(0)
    x, weight, bias = rng.normal(size=(2, 12, 1, 1)), rng.normal(size=(3, 12)), rng.normal(size=3)
    dense = x[:, :, 0, 0] @ weight.T + bias
    assert np.allclose(answer("conv1x1", x, weight, bias)[:, :, 0, 0], dense)


def test_the_weights_of_the_cost_table():
    """B.3 standard, B.3 groups=4, B.3 depthwise separable: the shapes that the layers take."""
    rng = np.random.default_rng(0)
    x, bias = rng.normal(size=(1, 64, 4, 5)), np.zeros(128)
    plain, grouped = rng.normal(size=(128, 64, 3, 3)), rng.normal(size=(128, 16, 3, 3))
    deep, point = rng.normal(size=(64, 3, 3)), rng.normal(size=(128, 64))
    made = [answer("grouped_conv", x, plain, bias, 1), answer("grouped_conv", x, grouped, bias, 4),
            answer("depthwise_separable", x, deep, point, bias)]
    assert [each.shape for each in made] == [(1, 128, 2, 3)] * 3
    assert [plain.size, grouped.size, deep.size + point.size] == [73_728, 18_432, 8_768]


def test_a_product_may_be_shared_in_any_way():
    """B.3 separable: 3 + 3 of 9 weights."""
    column, row = declaration("separate_kernel").reference(SOBEL)
    assert len(column) + len(row) == 6
    for share in (1, -0.5, 1000):
        assert product((column * share, row / share)) is None
        assert product([list(column * share), list(row / share)]) is None


@pytest.mark.parametrize(
    ("got", "sentence"),
    [
        (None, "the result should be the pair (column, row); got None."),
        (([1, 2, 1],), "the result should be the pair (column, row); got a tuple."),
        (([[1], [2], [1]], [-1, 0, 1]), "column should be a 1-D array of 3 numbers; got a list."),
        (([1, 2, 1], "row"), "row should be a 1-D array of 3 numbers; got text."),
        (([1, 2, 2], [-1, 0, 1]), "column[2] * row[0] is -2; the kernel has -1 at (2, 0)."),
        (([1, 2, np.nan], [-1, 0, 1]), "column[2] * row[0] is nan; the kernel has -1 at (2, 0)."),
    ],
)
def test_what_is_no_product_is_told_with_the_entry(got, sentence):
    assert product(got) == sentence


@pytest.mark.parametrize(
    ("kernel", "sentence"),
    [
        (LAPLACIAN, None),
        ([[1, 2], [2, 4]], "on these inputs the wrong implementation gives the right result, so "
                           "it survives"),
        (np.eye(3), "on these inputs the wrong implementation gives the right result, so it "
                    "survives"),
        ([[1, 2, 3], [2, 4, 6]],
         "the kernel must be square, 2 x 2 to 7 x 7; it has shape (2, 3)."),
        ([[0.5, 1], [1, 2]], "the kernel must hold whole numbers from -9 to 9."),
        ([[10, 1], [1, 2]], "the kernel must hold whole numbers from -9 to 9."),
        ([[1, 2], [1]], "the kernel must be an array of numbers."),
    ],
)
def test_the_kernels_that_expose_the_determinant(kernel, sentence):
    assert judge_kill(KILL, Answer(value=(kernel,))) == sentence


def test_the_quiz_speaks_about_answers_that_are_wrong():
    quiz = declaration("quiz_variants")
    for item, given in quiz.wrong:
        assert quiz.items[item].normal(given) is not None
        assert not quiz.right(item, given)
        assert not isinstance(quiz.items[item], Choice) or given in quiz.items[item].options
