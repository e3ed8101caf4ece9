"""Images: every accepted form, one scale or many, numbers in the cells."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.image import AxesImage

from course_lib.plots import image_grid, show_images
from tests.course_lib.figures import colliding_texts, smallest_font, texts

X = np.array(
    [[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1]]
)


def drawn(fig: Figure) -> list[AxesImage]:
    return [ax.images[0] for ax in fig.axes]


@pytest.mark.parametrize(
    ("images", "shapes"),
    [
        pytest.param(X, [(5, 5)], id="one image"),
        pytest.param([X, X[:3]], [(5, 5), (3, 5)], id="different sizes"),
        pytest.param(np.zeros((4, 2, 3)), [(2, 3)] * 4, id="batch without channels"),
        pytest.param(np.zeros((4, 1, 2, 3)), [(2, 3)] * 4, id="batch with one channel"),
        pytest.param(np.zeros((2, 3, 6, 7)), [(6, 7, 3)] * 2, id="batch of colour images"),
        pytest.param([np.zeros((6, 7, 3))], [(6, 7, 3)], id="colour, channels last"),
        pytest.param([[[True, False]]], [(1, 2)], id="nested lists of truth values"),
    ],
)
def test_forms_of_images(images: Any, shapes: list[tuple[int, ...]]) -> None:
    fig = image_grid(images)
    assert [image.get_array().shape for image in drawn(fig)] == shapes


def test_one_scale_makes_equal_greys_equal_numbers() -> None:
    shared = image_grid([np.array([[0, 1]]), np.array([[5, 10]])])
    assert [image.get_clim() for image in drawn(shared)] == [(0, 10), (0, 10)]
    own = image_grid([np.array([[0, 1]]), np.array([[5, 10]])], shared_scale=False)
    assert [image.get_clim() for image in drawn(own)] == [(0, 1), (5, 10)]


def test_a_diverging_map_is_centred_on_zero() -> None:
    [image] = drawn(image_grid(np.array([[-1.0, 4.0]]), cmap="PuOr"))
    assert image.get_clim() == (-4, 4)


def test_numbers_stand_in_every_cell() -> None:
    written = texts(image_grid(X, numbers=True))
    assert written == [str(value) for value in X.flat]


def test_numbers_are_light_on_dark_and_dark_on_light() -> None:
    [ax] = image_grid(np.array([[0.0, 1.0]]), numbers=True).axes
    assert [text.get_color() for text in ax.texts] == ["white", "black"]


@pytest.mark.parametrize(
    "images",
    [
        pytest.param(X, id="5 x 5"),
        pytest.param([X, X[:3, :3], X * 100], id="three"),
        pytest.param(X * -12.3456, id="long numbers"),
        pytest.param(np.arange(400).reshape(20, 20), id="20 x 20"),
    ],
)
def test_numbers_can_be_read(images: Any) -> None:
    fig = image_grid(images, numbers=True)
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 6


def test_titles_rows_and_columns() -> None:
    fig = image_grid(np.zeros((7, 2, 2)), [f"image {k}" for k in range(7)], columns=3, title="All")
    assert set(texts(fig)) == {"All", *(f"image {k}" for k in range(7))}
    grid = fig.axes[0].get_subplotspec().get_gridspec()
    assert (grid.nrows, grid.ncols) == (3, 3)


def test_colours_outside_of_0_to_1_are_brought_into_it() -> None:
    [image] = drawn(image_grid([np.array([[[-2.0, 0.0, 2.0]]] * 2)]))
    np.testing.assert_allclose(image.get_array(), [[[0, 0.5, 1]]] * 2)


def test_bytes_are_colours_already() -> None:
    [image] = drawn(image_grid([np.full((2, 1, 3), 7, np.uint8)]))
    np.testing.assert_array_equal(image.get_array(), np.full((2, 1, 3), 7))


def test_the_images_are_not_changed() -> None:
    before = X.copy()
    image_grid([X, X], numbers=True)
    np.testing.assert_array_equal(X, before)


def test_show_images_speaks(capsys: pytest.CaptureFixture[str]) -> None:
    show_images([X, X], ["x", "y"], alt="The same image twice, x and y.")
    assert capsys.readouterr().out == "The same image twice, x and y.\n"
