"""Networks that this project has trained, with weights that come with the course."""

import numpy as np

from course_lib.data import find_data
from course_lib.init import zeros
from course_lib.layers import Sequential
from course_lib.models.lenet import lenet5
from course_lib.models.mlp import mlp
from course_lib.models.weights import load_weights

NAMES = ("lenet5", "mlp")


def trained(name: str) -> Sequential:
    """A network that reads handwritten digits: "lenet5" or "mlp", ready for use.

    x (N, 1, 28, 28), from 0 (paper) to 1 (ink) -> logits (N, 10), in float32. Trained on the
    60,000 digits of MNIST; read_metadata(find_data("lenet5_mnist.safetensors")) tells how, and
    how many of the test digits it reads. Raises ValueError for other names, MissingData as
    data.find_data does.
    """
    if name not in NAMES:
        raise ValueError(f"name is {' or '.join(map(repr, NAMES))}; got {name!r}.")
    rng = np.random.default_rng(0)  # draws nothing: the weights begin at 0
    network = lenet5(n_in=28, rng=rng, init=zeros) if name == "lenet5" else mlp(rng=rng, init=zeros)
    load_weights(find_data(f"{name}_mnist.safetensors"), network)
    return network.eval()
