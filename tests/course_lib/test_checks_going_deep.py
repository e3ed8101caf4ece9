"""What a learner of lecture 14 reads: first weights, norms, units, counts, kill inputs."""

import numpy as np
import pytest

from course_lib import functional as F
from course_lib import init, layers, models
from course_lib.checks.cases import declaration
from course_lib.checks.killing import judge_kill
from course_lib.checks.probes import going_deep as probes
from course_lib.checks.values import Answer
from course_lib.gradcheck import check_gradient

KILL = declaration("kill_variance_path")


def answer(name, *args, **kwargs):
    return declaration(name).reference(*args, **kwargs)


@pytest.mark.parametrize("kind", probes.KINDS)
def test_the_rules_for_first_weights_are_the_librarys(kind):
    for shape in ((5, 7), (4, 3, 5, 2)):
        z = np.random.default_rng(3).standard_normal(shape)
        drawn = getattr(init, kind)(shape, rng=np.random.default_rng(3))
        assert np.allclose(answer("init_weights", z, kind), drawn)


def test_he_keeps_the_mean_square_and_not_the_standard_deviation():
    """What the lecture prints: 1.41 before ReLU, 0.83 behind it, rms 1."""
    rng = np.random.default_rng(0)
    net = rng.normal(size=(200, 256)) @ answer("init_weights", rng.normal(size=(256, 256)), "he").T
    a = np.maximum(net, 0)
    assert net.std() == pytest.approx(1.41, abs=0.03)
    assert a.std() == pytest.approx(0.83, abs=0.03)
    assert np.mean(a**2) == pytest.approx(1, abs=0.05)


def test_statistics_and_normalising_together_are_the_librarys_norms():
    rng = np.random.default_rng(1)
    x, gamma, beta = rng.normal(2, 3, size=(4, 6, 3, 5)), rng.normal(size=6), rng.normal(size=6)

    def normalized(kind):
        return answer("normalize_with", x, *answer("norm_statistics", x, kind), gamma, beta)

    assert np.allclose(normalized("instance"), F.instance_norm(x, gamma, beta))
    assert np.allclose(normalized("layer"), F.group_norm(x, 1, gamma, beta))
    old = np.zeros(6), np.ones(6)
    y, *new = F.batch_norm(x, *old, gamma, beta, training=True)
    assert np.allclose(normalized("batch"), y)
    assert np.allclose(answer("running_statistics", *old, x), new)


def test_the_way_back_is_the_derivative_of_the_way_there():
    rng = np.random.default_rng(2)
    for case in probes.backward_probes(rng):
        _, x, gamma = case.args
        eps = case.kwargs.get("eps", 1e-5)

        def there(x, gamma, beta, eps=eps):
            statistics = answer("norm_statistics", x, "batch")
            return answer("normalize_with", x, *statistics, gamma, beta, eps)

        def back(g, x, gamma, beta, eps=eps):
            return answer("batch_norm_backward", g, x, gamma, eps)

        if case.family not in ("small spread", "two rows"):  # too steep for a step of 1e-6
            found = check_gradient(there, back, (x, gamma, gamma), rng=rng, tolerance=1e-5)
            assert found.ok, (case.title, str(found))


@pytest.mark.parametrize("seed", range(6))
def test_sums_in_drawn_units_keep_away_from_the_kink(seed):
    """The statement promises it: then every choice of ReLU'(0) earns the points."""
    for case in probes.unit_probes(np.random.default_rng(seed)):
        _, x, w1, w2, w_s = case.args
        net = x @ w1.T
        s = np.maximum(net, 0) @ w2.T + (x if w_s is None else x @ w_s.T)
        assert np.abs(net).min() > 1e-9 and np.abs(s).min() > 1e-9, case.title


def test_a_unit_is_the_librarys_residual_layer():
    rng = np.random.default_rng(4)
    body, around = layers.Linear(3, 2, rng=rng), layers.Linear(3, 2, rng=rng)
    x = rng.normal(size=(4, 3))
    mine = answer("residual_forward", x, body.forward, around.forward, F.relu)
    assert np.array_equal(mine, layers.Residual(body, around, layers.ReLU()).forward(x))


BLOCKS = {18: [2, 2, 2, 2], 34: [3, 4, 6, 3], 50: [3, 4, 6, 3], 101: [3, 4, 23, 3],
          152: [3, 8, 36, 3]}
PUBLISHED = {
    18: 11_689_512,  # B.2 ResNet-18
    34: 21_797_672,  # B.2 ResNet-34
    50: 25_557_032,  # B.2 ResNet-50
    101: 44_549_160,  # B.2 ResNet-101
    152: 60_192_808,  # B.2 ResNet-152
}


@pytest.mark.parametrize("depth", BLOCKS)
def test_published_resnets(depth):
    """B-n12: 152 layers; the counts of B.2."""
    assert answer("resnet_params", BLOCKS[depth], depth >= 50) == (depth, PUBLISHED[depth])


@pytest.mark.parametrize("n", [1, 3, 5])
def test_resnets_for_small_images(n):
    made = models.resnet_cifar(6 * n + 2, rng=np.random.default_rng(0), init=init.zeros)
    learned = sum(parameter.data.size for parameter in made.parameters())
    counted = answer("resnet_params", [n, n, n], False, 10, 16, 3, False)
    assert counted == (6 * n + 2, learned)


def test_resnet_1202_has_6_n_plus_2_layers():
    """W-n18: n = 200; the paper says 19.4 million parameters."""
    assert answer("resnet_params", [200] * 3, False, 10, 16, 3, False) == (1202, 19_421_274)


X = np.array([[1.0], [5], [3]])
SURVIVES = "on these inputs the wrong implementation gives the right result, so it survives"


@pytest.mark.parametrize(
    ("grad_output", "x", "sentence"),
    [
        pytest.param(np.array([[1.0], [0], [0]]), X, None, id="exposes"),
        pytest.param([[1, 0], [0, 0]], [[1, 2], [5, 3]], None, id="lists"),
        pytest.param(np.ones((3, 1)), X, SURVIVES, id="ones"),
        pytest.param(np.zeros((3, 1)), X, SURVIVES, id="zeros"),
        pytest.param(np.array([[1.0], [1], [-2]]), X, SURVIVES, id="across x"),
        pytest.param(np.ones((2, 1)), X, "grad_output has shape (2, 1), x (3, 1); they must be "
                     "alike.", id="does not fit"),
        pytest.param(X[:1], X[:1], "x must have 2 to 8 rows and 1 to 4 columns; it has shape "
                     "(1, 1).", id="one row"),
        pytest.param(X[:, 0], X[:, 0], "x must have 2 to 8 rows and 1 to 4 columns; it has shape "
                     "(3,).", id="one axis"),
        pytest.param(X, 100 * X, "all numbers must lie from -100 to 100.", id="large"),
        pytest.param(X, np.nan * X, "all numbers must lie from -100 to 100.", id="no number"),
        pytest.param("rows", X, "grad_output and x must be arrays of numbers.", id="words"),
    ],
)
def test_the_gradients_that_expose_a_forgotten_variance(grad_output, x, sentence):
    assert judge_kill(KILL, Answer(value=(grad_output, x))) == sentence
