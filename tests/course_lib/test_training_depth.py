"""Plain against residual: the finding that is stored, and a short form of it run again."""

from __future__ import annotations

import json

import numpy as np
import pytest

from course_lib.data import find_data
from course_lib.training import Curve, compare_depths, depth_comparison
from course_lib.training.depth import DEPTHS, EPOCHS, STORED, learn
from course_lib.training.plain_or_residual import main


def by_name(curves: list[Curve]) -> dict[str, Curve]:
    return {curve.name: curve for curve in curves}


def test_deeper_plain_networks_learn_worse_and_residual_ones_do_not() -> None:
    found = by_name(depth_comparison())
    plain, residual = (
        [found[f"{kind}, {depth} layers"] for depth in DEPTHS] for kind in ("plain", "residual")
    )
    losses = [curve.loss[-1] for curve in plain]
    assert losses[0] * 2 < losses[1] and losses[1] * 10 < losses[2]
    assert plain[2].accuracy[-1] < plain[0].accuracy[-1] - 0.02
    assert plain[2].test_accuracy[-1] < plain[0].test_accuracy[-1] - 0.02
    assert residual[2].loss[-1] <= residual[0].loss[-1]
    assert residual[2].accuracy[-1] >= residual[0].accuracy[-1]
    assert residual[2].loss[-1] < plain[2].loss[-1] / 10


def test_the_stored_curves_are_whole_and_name_their_seed() -> None:
    curves = depth_comparison()
    assert [(c.residual, c.depth) for c in curves] == [
        (residual, depth) for residual in (False, True) for depth in DEPTHS
    ]
    for curve in curves:
        assert {len(curve.loss), len(curve.accuracy), len(curve.test_accuracy)} == {EPOCHS}
    assert json.loads(find_data(STORED).read_text())["seed"] == 0


def test_a_short_form_finds_the_same() -> None:
    plain, residual = (learn(kind, 32, epochs=2) for kind in (False, True))
    shallow = learn(False, 8, epochs=2)
    assert plain.loss[-1] > 2 * shallow.loss[-1]
    assert plain.loss[-1] > 2 * residual.loss[-1]


def test_the_first_epoch_is_the_stored_one() -> None:
    """Rounding grows from step to step, so only the beginning is the same on all processors."""
    stored = by_name(depth_comparison())["plain, 8 layers"]
    again = learn(False, 8, epochs=1)  # the rate falls only after it
    np.testing.assert_allclose(again.loss[0], stored.loss[0], rtol=0.05)


def test_the_command_prints_a_line_for_each_network_and_writes_the_curves(
    tmp_path, capsys
) -> None:
    path = tmp_path / "curves.json"
    assert main(["--depths", "8", "--epochs", "1", "--seed", "3", "--save", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition("  ")[0] for line in lines] == ["plain, 8 layers", "residual, 8 layers"]
    assert all("training loss " in line and "accuracy " in line for line in lines)
    written = depth_comparison(path)
    assert [curve.name for curve in written] == ["plain, 8 layers", "residual, 8 layers"]
    assert json.loads(path.read_text())["seed"] == 3
    [plain, _] = compare_depths([8], epochs=1, seed=3)
    np.testing.assert_allclose(written[0].loss, plain.loss, rtol=1e-3)


def test_a_depth_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="depth is 6n \\+ 2"):
        compare_depths([9])
