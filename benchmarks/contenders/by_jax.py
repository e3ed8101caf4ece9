"""The steps of LeNet-5 and of the MLP in JAX, compiled by jit as one function."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.contenders.ours import MOMENTUM, RATE
from benchmarks.contenders.timing import Step


def lenet5(jax: Any, weights: list[Any], x: Any) -> Any:
    conv, pool = jax.lax.conv_general_dilated, jax.lax.reduce_window
    for weight, bias in weights[:2]:
        x = conv(x, weight, (1, 1), "VALID") + bias[:, None, None]
        x = pool(jax.nn.relu(x), -np.inf, jax.lax.max, (1, 1, 2, 2), (1, 1, 2, 2), "VALID")
    return dense(jax, weights[2:], x.reshape(len(x), -1))


def dense(jax: Any, weights: list[Any], x: Any) -> Any:
    for weight, bias in weights[:-1]:
        x = jax.nn.relu(x @ weight.T + bias)
    weight, bias = weights[-1]
    return x @ weight.T + bias


NETWORKS = {
    "lenet5": (lenet5, [(6, 1, 5, 5), (16, 6, 5, 5), (120, 400), (84, 120), (10, 84)]),
    "mlp": (dense, [(300, 784), (100, 300), (10, 100)]),
}


def step(jax: Any, name: str, x: np.ndarray, targets: np.ndarray) -> Step:
    network, shapes = NETWORKS[name]
    rng = np.random.default_rng(0)
    weights = [
        (rng.standard_normal(shape, dtype=np.float32) / np.float32(np.sqrt(np.prod(shape[1:]))),
         np.zeros(shape[0], np.float32))
        for shape in shapes
    ]
    velocity = jax.tree.map(np.zeros_like, weights)

    def loss(weights: Any, x: Any, targets: Any) -> Any:
        logits = jax.nn.log_softmax(network(jax, weights, x))
        return -logits[np.arange(len(x)), targets].mean()

    @jax.jit
    def update(weights: Any, velocity: Any, x: Any, targets: Any) -> tuple[Any, Any]:
        grads = jax.grad(loss)(weights, x, targets)
        velocity = jax.tree.map(lambda v, g: MOMENTUM * v + g, velocity, grads)
        return jax.tree.map(lambda w, v: w - RATE * v, weights, velocity), velocity

    state = [weights, velocity]

    def run() -> None:
        state[:] = update(*state, x, targets)
        jax.block_until_ready(state)

    return run
