"""Weights that another library has written load by name and give the same logits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from course_lib import models
from course_lib.init import zeros
from course_lib.layers import Layer
from tests.course_lib import torch_models

pytestmark = pytest.mark.may_skip_in_ci(
    reason="CI installs PyTorch; elsewhere names and counts of the models stand in for it"
)
BLANK = {"rng": np.random.default_rng(0), "init": zeros}


@pytest.fixture(scope="module")
def torch() -> Any:
    return pytest.importorskip("torch")


class Pair(NamedTuple):
    """Ours, theirs, and the height and width of images that make roundings show."""

    ours: Callable[[], Layer]
    theirs: Callable[[Any], Any]
    size: tuple[int, int]


PAIRS = {
    "alexnet": Pair(lambda: models.alexnet(**BLANK), torch_models.alexnet, (99, 77)),
    "vgg11": Pair(lambda: models.vgg11(**BLANK), torch_models.vgg11, (67, 37)),
    "vgg11 with norms": Pair(
        lambda: models.vgg11(batch_norm=True, **BLANK),
        lambda torch: torch_models.vgg11(torch, batch_norm=True), (35, 69),
    ),
    "resnet18": Pair(
        lambda: models.resnet18(**BLANK),
        lambda torch: torch_models.resnet(torch, (2, 2, 2, 2), False), (75, 97),
    ),
    "resnet34": Pair(
        lambda: models.resnet34(**BLANK),
        lambda torch: torch_models.resnet(torch, (3, 4, 6, 3), False), (66, 33),
    ),
    "resnet50": Pair(
        lambda: models.resnet50(**BLANK),
        lambda torch: torch_models.resnet(torch, (3, 4, 6, 3), True), (65, 97),
    ),
    "googlenet": Pair(lambda: models.googlenet(**BLANK), torch_models.googlenet, (83, 100)),
}


def lively(torch: Any, model: Any) -> Any:
    """The model with weights under which images make a difference to the logits."""
    torch.manual_seed(3)
    for name, tensor in model.state_dict().items():
        if tensor.ndim > 1:
            bound = (6 / tensor[0].numel()) ** 0.5
            tensor.uniform_(-bound, bound)
        elif name.endswith("running_var") or (name.endswith("weight") and tensor.ndim == 1):
            tensor.uniform_(0.5, 1.5)
        elif tensor.ndim:
            tensor.uniform_(-0.1, 0.1)
    return model.eval()


def check_logits(torch: Any, ours: Layer, theirs: Any, size: tuple[int, int]) -> None:
    x = np.random.default_rng(5).standard_normal((2, 3, *size), dtype=np.float32)
    with torch.no_grad():
        wanted = theirs(torch.from_numpy(x)).numpy()
    found = ours.eval().forward(x)
    assert found.dtype == np.float32
    spread = np.abs(wanted - wanted.mean(axis=0)).max()
    assert spread > 0.01 * np.abs(wanted).max(), "both images look alike to this network"
    assert np.abs(found - wanted).max() <= 1e-4 * spread


@pytest.mark.parametrize("name", PAIRS)
def test_exported_weights_give_the_same_logits(torch, name: str) -> None:
    pair = PAIRS[name]
    ours, theirs = pair.ours(), lively(torch, pair.theirs(torch))
    state = {key: tensor.numpy() for key, tensor in theirs.state_dict().items()}
    assert list(ours.state_dict()) == list(state)
    ours.load_state_dict(state)
    check_logits(torch, ours, theirs, pair.size)


def test_a_file_of_another_library_is_read(torch, tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    path, pair = tmp_path / "resnet18.safetensors", PAIRS["resnet18"]
    ours, theirs = pair.ours(), lively(torch, pair.theirs(torch))
    save_file(theirs.state_dict(), path)
    models.load_weights(path, ours)
    check_logits(torch, ours, theirs, pair.size)
    models.save_weights(path, ours)
    theirs.load_state_dict(load_file(path))
    check_logits(torch, ours, theirs, pair.size)


def test_the_heads_of_googlenet_learn_as_in_torch(torch) -> None:
    """All logits and the gradient of the weighted sum of losses by every parameter."""
    theirs = lively(torch, torch_models.googlenet(torch))
    ours = models.googlenet(rng=BLANK["rng"], init=zeros, dtype=np.float64).eval()
    ours.load_state_dict({key: tensor.numpy() for key, tensor in theirs.state_dict().items()})
    ours.training = True    # the heads run, and neither dropout nor batch statistics change
    x, targets = np.random.default_rng(6).standard_normal((2, 3, 61, 48)), np.array([3, 950])
    wanted = theirs.double().all_logits(torch.from_numpy(x))
    logits = ours.forward(x)
    for mine, other in zip((logits, *ours.aux_logits), wanted, strict=True):
        np.testing.assert_allclose(mine, other.detach().numpy(), rtol=1e-8, atol=1e-8)
    losses = [torch.nn.functional.cross_entropy(y, torch.from_numpy(targets)) for y in wanted]
    total = losses[0] + 0.3 * (losses[1] + losses[2])
    assert ours.loss(logits, targets) == pytest.approx(total.item(), rel=1e-9)
    total.backward()
    ours.loss_backward(logits, targets)
    named = {name: part for name, part in ours.named_parts() if hasattr(part, "grad")}
    for name, parameter in theirs.named_parameters():
        grad = parameter.grad.numpy()
        bound = 1e-7 * np.abs(grad).max()
        np.testing.assert_allclose(named[name].grad, grad, rtol=0, atol=bound, err_msg=name)
