"""train: the steps are those of a loop written by hand, in the order and the number promised."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from course_lib import functional as F
from course_lib import layers, models, optim
from course_lib.data import DataLoader
from course_lib.training import TrainingDiverged, evaluate, train

RNG = np.random.default_rng(0)
X = RNG.standard_normal((50, 6))
Y = RNG.integers(0, 3, 50)


def network(seed: int = 0, n_out: int = 3, dtype=np.float64) -> layers.Sequential:
    rng = np.random.default_rng(seed)
    return layers.Sequential(
        layers.Linear(6, 8, rng=rng, dtype=dtype), layers.ReLU(),
        layers.Dropout(0.2, rng=np.random.default_rng(9)),
        layers.Linear(8, n_out, rng=rng, dtype=dtype),
    )


def loader(x=X, y=Y, size: int = 16) -> DataLoader:
    return DataLoader(x, y, size, rng=np.random.default_rng(4))


def by_hand(net, batches, optimizer, loss="cross_entropy", epochs=1):
    f, f_backward = getattr(F, loss), getattr(F, f"{loss}_backward")
    found = []
    for _ in range(epochs):
        for x, y in batches:
            logits = net.forward(x)
            found.append(float(f(logits, y)))
            optimizer.zero_grad()
            net.backward(f_backward(1.0, logits, y))
            optimizer.step()
    return found


def expect_equal(net, other) -> None:
    for name, array in net.state_dict().items():
        np.testing.assert_array_equal(array, other.state_dict()[name])


TARGETS = {
    "cross_entropy": Y, "hinge": Y, "mse_loss": X[:, :3], "l1_loss": X[:, :3],
    "binary_cross_entropy_with_logits": (X[:, :3] > 0).astype(float),
}


@pytest.mark.parametrize("fast", [False, True])
@pytest.mark.parametrize("loss", TARGETS)
def test_the_steps_are_those_of_a_loop_by_hand(loss: str, fast: bool) -> None:
    one, two = network(), network()
    losses = by_hand(one, loader(y=TARGETS[loss]), optim.Adam(one.parameters()), loss, 2)
    steps = list(train(two, loader(y=TARGETS[loss]), optim.Adam(two.parameters()), loss=loss,
                       epochs=2, fast=fast))
    close = dict(rtol=1e-9, atol=1e-12) if fast else dict(rtol=0, atol=0)
    np.testing.assert_allclose([step.loss for step in steps], losses, **close)
    for name, array in one.state_dict().items():
        np.testing.assert_allclose(two.state_dict()[name], array, **close)


def test_a_pair_of_functions_is_a_loss() -> None:
    one, two = network(), network()
    list(train(one, loader(), optim.SGD(one.parameters(), 0.1)))
    list(train(two, loader(), optim.SGD(two.parameters(), 0.1),
               loss=(F.cross_entropy, F.cross_entropy_backward)))
    expect_equal(one, two)


def test_a_step_says_where_it_stands() -> None:
    net = network()
    steps = list(train(net, loader(), optim.SGD(net.parameters(), 0.1), epochs=2))
    assert [step.number for step in steps] == list(range(1, 9))
    assert [step.epoch for step in steps] == [1] * 4 + [2] * 4
    assert [step.batch for step in steps] == [1, 2, 3, 4] * 2
    assert [step.size for step in steps] == [16, 16, 16, 2] * 2
    assert {step.n_batches for step in steps} == {4}
    assert [step.ends_epoch for step in steps] == [False, False, False, True] * 2


def test_loss_and_accuracy_are_those_before_the_change() -> None:
    net = layers.Sequential(layers.Linear(6, 3, rng=np.random.default_rng(0)))
    before = net.forward(X)
    step = next(train(net, [(X, Y)], optim.SGD(net.parameters(), 0.1)))
    assert step.loss == float(F.cross_entropy(before, Y))
    assert step.accuracy == float(np.mean(before.argmax(axis=1) == Y))


@pytest.mark.parametrize(
    ("loss", "targets", "share"),
    [
        ("mse_loss", X[:, :3], np.nan),
        ("binary_cross_entropy_with_logits", (X[:, :3] > 0).astype(float), None),
    ],
)
def test_accuracy_counts_where_there_is_something_to_hit(loss, targets, share) -> None:
    net = layers.Sequential(layers.Linear(6, 3, rng=np.random.default_rng(0)))
    if share is None:
        share = np.mean((net.forward(X) > 0) == (targets > 0.5))
    step = next(train(net, [(X, targets)], optim.SGD(net.parameters(), 0.1), loss=loss))
    np.testing.assert_equal(step.accuracy, float(share))


def test_the_schedule_moves_on_after_each_epoch() -> None:
    net = network()
    optimizer = optim.SGD(net.parameters(), 1.0)
    schedule = optim.StepLR(optimizer, 1, 0.5)
    steps = list(train(net, loader(size=25), optimizer, epochs=3, schedule=schedule))
    assert [step.learning_rate for step in steps] == [1, 1, 0.5, 0.5, 0.25, 0.25]
    assert optimizer.lr == 0.125


def test_nothing_happens_before_it_is_asked_for_and_break_is_fine() -> None:
    net = network()
    before = net.state_dict()
    steps = train(net, loader(), optim.SGD(net.parameters(), 0.1), epochs=100)
    np.testing.assert_equal(net.state_dict(), before)
    assert [step.number for step in islice(steps, 5)] == [1, 2, 3, 4, 5]
    assert net.training
    steps.close()
    assert not net.training and not net.layers[2].training


def test_a_test_between_steps_changes_nothing() -> None:
    one, two = network(), network()
    list(train(one, loader(), optim.SGD(one.parameters(), 0.1), epochs=2))
    for _ in train(two, loader(), optim.SGD(two.parameters(), 0.1), epochs=2):
        evaluate(two, X, Y)
    expect_equal(one, two)


def test_a_list_of_batches_is_gone_through_once_an_epoch() -> None:
    net = network()
    batches = [(X[:20], Y[:20]), (X[20:], Y[20:])]
    steps = list(train(net, batches, optim.SGD(net.parameters(), 0.1), epochs=2))
    assert [step.size for step in steps] == [20, 30, 20, 30]


def test_a_restored_loader_gives_the_rest_of_its_epoch() -> None:
    began = loader()
    next(iter(began))
    rest = loader()
    rest.load_state_dict(began.state_dict())
    net = network()
    steps = list(train(net, rest, optim.SGD(net.parameters(), 0.1), epochs=2))
    assert [step.batch for step in steps] == [2, 3, 4, 1, 2, 3, 4]


def test_float64_samples_leave_a_float32_network_in_float32() -> None:
    net = network(dtype=np.float32)
    seen = []
    forward = net.layers[0].forward
    net.layers[0].forward = lambda x: seen.append(x.dtype) or forward(x)
    list(train(net, loader(), optim.SGD(net.parameters(), 0.1)))
    assert set(seen) == {np.dtype(np.float32)}


def test_one_parameter_for_all_is_the_networks_own() -> None:
    from course_lib import fast

    one, two = network(), network()
    list(train(one, loader(), optim.SGD(one.parameters(), 0.1, 0.9)))
    list(train(two, loader(), optim.SGD([fast.one_parameter(two)], 0.1, 0.9)))
    expect_equal(one, two)


# ---- a loss that belongs to the network --------------------------------------------------------


class Doubled(layers.Sequential):
    """Its loss is twice the cross-entropy."""

    def loss(self, logits, targets) -> float:
        return 2 * float(F.cross_entropy(logits, targets))

    def loss_backward(self, logits, targets):
        return self.backward(2 * F.cross_entropy_backward(1.0, logits, targets))


def test_a_networks_own_loss_is_taken_unless_another_is_asked_for() -> None:
    plain, own, other = (
        kind(layers.Linear(6, 3, rng=np.random.default_rng(0)))
        for kind in (layers.Sequential, Doubled, Doubled)
    )
    first = next(train(plain, [(X, Y)], optim.SGD(plain.parameters(), 0.2)))
    assert next(train(own, [(X, Y)], optim.SGD(own.parameters(), 0.1))).loss == 2 * first.loss
    expect_equal(plain, own)
    named = train(other, [(X, Y)], optim.SGD(other.parameters(), 0.2), loss="cross_entropy")
    assert next(named).loss == first.loss
    expect_equal(plain, other)
    assert evaluate(own, X, Y).loss == 2 * evaluate(plain, X, Y).loss


def test_the_heads_of_googlenet_learn_too() -> None:
    net = models.googlenet("original", 3, rng=np.random.default_rng(0))
    x = np.random.default_rng(1).random((1, 3, 224, 224), dtype=np.float32)
    heads = [head.state_dict() for head in net.heads]
    step = next(train(net, [(x, np.array([1]))], optim.SGD(net.parameters(), 1e-3)))
    assert step.loss > 0 and np.isfinite(step.loss)
    assert len(net.aux_logits) == 2
    for head, before in zip(net.heads, heads, strict=True):
        assert all((head.state_dict()[name] != before[name]).any() for name in before)


# ---- when it goes wrong ------------------------------------------------------------------------


@pytest.mark.parametrize("fast", [False, True])
def test_a_loss_that_is_no_number_stops_and_leaves_the_weights(fast: bool) -> None:
    net = network()
    optimizer = optim.SGD(net.parameters(), 50)
    steps = train(net, loader(y=X[:, :3]), optimizer, loss="mse_loss", epochs=50, fast=fast)
    states = [net.state_dict()]
    with pytest.raises(TrainingDiverged, match="a smaller learning rate than 50,"):
        states.extend(net.state_dict() for _ in steps)
    np.testing.assert_equal(net.state_dict(), states[-1])
    assert not net.training


# ---- evaluate ----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 7, 50, 256])
def test_evaluate_is_the_mean_over_all_samples_whatever_the_batches(size: int) -> None:
    net = network()
    score = evaluate(net, X, Y, batch_size=size)
    net.eval()
    logits = net.forward(X)
    np.testing.assert_allclose(score.loss, F.cross_entropy(logits, Y), rtol=1e-12)
    np.testing.assert_allclose(score.accuracy, np.mean(logits.argmax(axis=1) == Y), rtol=1e-12)


def test_evaluate_uses_the_network_as_it_is_used() -> None:
    net = network().train()
    assert evaluate(net, X, Y) == evaluate(net, X, Y)
    assert not net.training


def test_a_network_without_weights_can_be_evaluated() -> None:
    assert evaluate(layers.ReLU(), np.eye(3), np.arange(3)).accuracy == 1
