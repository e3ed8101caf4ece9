"""The probes of lecture 08a keep their promises for every seed, and its sentences are read."""

import numpy as np
import pytest

from course_lib import layers, shapes
from course_lib.checks.cases import declaration
from course_lib.checks.killing import judge_kill
from course_lib.checks.probes import convolution_sizes as probes
from course_lib.checks.values import Answer

PROBES = [probes.size_probes, probes.stride_probes, probes.visit_probes, probes.fix_probes]
KILL = declaration("kill_half_windows")
LAYER = declaration("conv_parameters").reference
VISITS = declaration("visits").reference
TRACE = declaration("trace_volumes").reference


def drawn(make, seed):
    return list(make(np.random.default_rng(seed)))


@pytest.mark.parametrize("make", PROBES, ids=lambda make: make.__name__)
def test_every_number_is_one_that_the_statement_allows(make):
    for seed in range(300):
        for case in drawn(make, seed):
            assert min(case.args[:2]) >= 1 and min(case.args[2:3], default=1) >= 0, case.title
            if make is not probes.stride_probes:
                assert min(case.args[2:3], default=1) >= 1, case.title


@pytest.mark.parametrize("seed", range(60))
def test_hidden_errors_are_expected_where_the_family_says_so(seed):
    for name, make in (("output_size", probes.size_probes), ("legal_strides", probes.stride_probes),
                       ("trace_volumes", probes.trace_probes), ("visits", probes.visit_probes)):
        for case in drawn(make, seed):
            raised = declaration(name).expected(case).raised
            assert (raised is not None) == ("ValueError" in case.family), case.title


@pytest.mark.parametrize("name", ["output_size", "legal_strides", "trace_volumes"])
def test_errors_are_expected_where_the_family_says_so_and_nowhere_else(name):
    for case in declaration(name).cases():
        raised = declaration(name).expected(case).raised
        assert (raised is not None) == ("ValueError" in case.family), case.title
        assert raised is None or raised.type == "ValueError"


@pytest.mark.parametrize("seed", range(20))
def test_every_stride_rounds_as_its_family_says_and_libraries_agree_on_ceil(seed):
    for case in drawn(probes.size_probes, seed):
        if not case.family.startswith("rounding"):
            continue
        n_in, kernel_size, stride, padding, rounding = case.args
        steps, left = divmod(n_in - kernel_size + 2 * padding, stride)
        assert bool(left) == (case.family != "rounding where nothing is left over")
        simple = steps + 1 + (left > 0 and rounding == "ceil")
        assert declaration("output_size").expected(case).value == simple


@pytest.mark.parametrize("seed", range(20))
def test_the_windows_of_visits_fit(seed):
    for case in drawn(probes.visit_probes, seed):
        n_in, kernel_size, stride, padding = case.args
        left = (n_in - kernel_size + 2 * padding) % stride
        assert n_in + 2 * padding >= kernel_size
        assert bool(left) == (case.family == "pixels left over"), case.title
        assert len(VISITS(*case.args)) == n_in


@pytest.mark.parametrize("seed", range(20))
def test_the_border_fits_and_none_smaller_does(seed):
    for case in drawn(probes.fix_probes, seed):
        n_in, kernel_size, stride = case.args
        before, after = declaration("fix_padding").expected(case).value
        assert after - before in (0, 1)
        ways = [n_in + total - kernel_size for total in range(before + after + 1)]
        fits = [way >= 0 and way % stride == 0 for way in ways]
        assert fits == [False] * (len(ways) - 1) + [True], case.title


def test_worked_numbers_of_the_decks():
    """R-n20, R-n21, T-n12, I-n09, W-n01, W-n02, R-n05, I-n03, B-n01: one function counts all."""
    assert LAYER(1, 6, 5, True, (28, 28)) == 122_304
    assert LAYER(1, 6, 5, True, (24, 24)) == 89_856
    assert LAYER(1, 6, 5) == 156 and LAYER(3, 10, 5) == 760 and LAYER(3, 16, 5) == 1216
    assert LAYER(1, 64, 512) == 16_777_280 and LAYER(1, 64, 7) == 3200
    digits = LAYER(1, 300, 256) + LAYER(300, 100, 1) + LAYER(100, 10, 1)
    assert digits == 19_692_210 and not digits < 2_000_000      # the slide: almost 2 million
    dense = LAYER(3, 4096, 128) + LAYER(4096, 10, 1)
    assert dense == 201_371_658 and dense != 201_420_810        # the slide, with biases of inputs
    assert LAYER(3, 1, 5, False) == 75


def test_a_volume_shrinks_and_a_corner_is_seen_once_as_tum_says():
    """T-n06, T-n10, T-n11."""
    assert [row[1] for row in TRACE((3, 32, 32), [(8, 5, 1, 0)] * 3)] == [28, 24, 20]
    assert TRACE((3, 32, 32), [(10, 5, 1, 2)]) == [(10, 32, 32, 760)]
    assert VISITS(7, 3).tolist() == [1, 2, 3, 3, 3, 2, 1]


@pytest.mark.parametrize("seed", range(4))
def test_layers_have_the_shapes_and_parameters_that_are_traced(seed):
    rng = np.random.default_rng(seed)
    for case in drawn(probes.trace_probes, seed):
        volume, plan = case.args
        if "ValueError" in case.family:
            continue
        x = np.zeros((1, *volume))
        for (filters, *rest), row in zip(plan, TRACE(volume, plan), strict=True):
            layer = layers.Conv2d(x.shape[1], filters, *rest, rng=rng)
            x = layer.forward(x)
            assert (*x.shape[1:], shapes.count_params(layer)) == row


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        ((4, 2), None), ((32, 6), None), ((2, 2), None),
        ((32, 5), "so it survives"),
        ((2, 3), "the window of 3 must not be larger than the image of 2 pixels"),
        ((4.0, 2), "n_in must be a whole number from 1 on; got 4.0"),
        ((4, True), "kernel_size must be a whole number from 1 on; got True"),
        ((4, 0), "kernel_size must be a whole number from 1 on; got 0"),
        (("x", 2), "n_in must be a whole number from 1 on; got 'x'"),
        ((4,), "return 2 inputs, (n_in, kernel_size); got 1"),
        (None, "return the inputs as a tuple"),
    ],
)
def test_what_the_kill_task_says_about_inputs(inputs, told):
    got = judge_kill(KILL, Answer(value=inputs))
    assert got is None if told is None else told in got
