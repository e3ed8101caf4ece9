"""What a learner of lecture 15 reads: drawn cases, numbers by hand, kill inputs, the quiz."""

import numpy as np
import pytest

from course_lib import functional
from course_lib.checks.calling import answer_of_call
from course_lib.checks.cases import declaration
from course_lib.checks.functions import build
from course_lib.checks.killing import judge_kill
from course_lib.checks.probes import looking_inside_and_ahead as probes
from course_lib.checks.values import Answer, Function

KILL = declaration("kill_gradient_as_drop")
DRAWS = {"occlusion_map": probes.occlusion_cases, "saliency": probes.saliency_cases,
         "fine_tune_step": probes.step_cases, "nearest_prototype": probes.prototype_cases,
         "self_attention": probes.attention_cases, "squash": probes.squash_cases}


def answer(name, *args, **options):
    return declaration(name).reference(*args, **options)


@pytest.mark.parametrize("name", DRAWS)
def test_a_case_has_an_answer_or_says_in_its_family_that_it_has_none(name):
    """An image that a pool refuses would make every function that raises right."""
    exercise = declaration(name)
    for seed in range(8):
        for case in DRAWS[name](np.random.default_rng(seed)):
            found = answer_of_call(exercise.reference, case.args, case.kwargs)
            refused = found.raised is not None
            assert refused == case.family.endswith("ValueError"), (case.title, found.raised)
            assert not refused or found.raised.type == "ValueError"


@pytest.mark.parametrize("seed", range(4))
def test_probes_of_saliency_are_away_from_kinks(seed):
    """Numeric slopes agree, so no convention about ReLU or ties is asked for."""
    for case in probes.saliency_cases(np.random.default_rng(seed)):
        function, x, k = case.args
        net = build(function)
        steps = 1e-5 * np.eye(x.size).reshape(-1, *x.shape)
        slopes = net.forward(x + steps)[:, k] - net.forward(x - steps)[:, k]
        slopes = slopes.reshape(x.shape) / 2e-5
        assert np.allclose(answer("saliency", net, x, k), np.abs(slopes).max(axis=0), atol=1e-6)


def test_the_occlusion_map_of_a_sum_is_the_sum_under_the_patch():
    nine = np.arange(1.0, 10).reshape(1, 3, 3)
    ink = build(Function("linear_scores", np.ones((1, 9))))
    assert np.array_equal(answer("occlusion_map", ink, nine, 0, 2), [[12, 16], [24, 28]])
    assert np.array_equal(answer("occlusion_map", ink, nine, 0, 2, 1, 1.0), [[8, 12], [20, 24]])


def test_numbers_by_hand():
    classes, shares = answer("nearest_prototype", np.array([[1.0]]),
                             np.array([[0.0], [2.5], [1]]), np.array([4, 9, 4]))
    assert list(classes) == [4, 9]
    assert np.allclose(shares, [[1 / (1 + np.exp(-2)), 1 / (1 + np.exp(2))]])
    X, unit = np.array([[1.0, 0], [0, 1], [1, 1]]), np.eye(2)
    y = answer("self_attention", X, unit, np.sqrt(2) * np.log(2) * unit, unit)
    assert np.allclose(y[0], [0.8, 0.6])
    assert np.allclose(answer("squash", np.array([3.0, 4])), 25 / 26 * np.array([0.6, 0.8]))


def test_a_linear_network_has_scores_and_a_way_back():
    weight = np.array([[1.0, -2, 0, 3], [0.5, 0, -1, 0]])
    net = build(Function("linear_net", weight))
    x = np.arange(4.0).reshape(1, 1, 2, 2)
    assert np.allclose(net.forward(x), x.reshape(1, 4) @ weight.T)
    assert np.allclose(net.backward(np.array([[0.0, 1]])), weight[1].reshape(1, 1, 2, 2))


def test_three_parts_that_agree_draw_the_shares_to_their_whole():
    """The lecture's table of routing: what begins equal ends with the whole that is agreed on."""
    votes = np.random.default_rng(1).normal(size=(1, 4, 2, 2))
    votes[0, :3, 0] = [1.5, 0.75]
    shares = functional.routing(votes, 5)[1][0, :, 0]
    assert (shares[:3] > 0.95).all()
    assert shares[3] < 0.1


SURVIVES = "on these inputs the wrong implementation gives the right result, so it survives"


@pytest.mark.parametrize(
    ("pixels", "sentence"),
    [
        pytest.param([1.0, 0.5], None, id="exposes"),
        pytest.param(np.array([1.0]), None, id="at the kink"),
        pytest.param([0.2, 0.3], SURVIVES, id="not saturated"),
        pytest.param([], "return a list of 1 to 6 numbers; it has shape (0,).", id="none"),
        pytest.param([[1.0]], "return a list of 1 to 6 numbers; it has shape (1, 1).",
                     id="two axes"),
        pytest.param([2.0], "every pixel must lie between 0 and 1.", id="too bright"),
        pytest.param([np.nan], "every pixel must lie between 0 and 1.", id="no number"),
        pytest.param("white", "return a list of numbers.", id="words"),
    ],
)
def test_the_pixels_that_expose_the_gradient(pixels, sentence):
    assert judge_kill(KILL, Answer(value=(pixels,))) == sentence
