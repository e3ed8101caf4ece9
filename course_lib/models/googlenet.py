"""GoogLeNet: nine inception modules, and two heads that help the lower layers to learn."""

from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import DTypeLike

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.init import Initializer, he
from course_lib.layers import GlobalAvgPool2d, Layer, MaxPool2d, Sequential
from course_lib.models.inception import Units, Widths
from course_lib.models.making import Maker

Kind = Literal["library", "original", "normalised"]

MODULES = {
    "3a": Widths(64, 96, 128, 16, 32, 32),
    "3b": Widths(128, 128, 192, 32, 96, 64),
    "4a": Widths(192, 96, 208, 16, 48, 64),
    "4b": Widths(160, 112, 224, 24, 64, 64),
    "4c": Widths(128, 128, 256, 24, 64, 64),
    "4d": Widths(112, 144, 288, 32, 64, 64),
    "4e": Widths(256, 160, 320, 32, 128, 128),
    "5a": Widths(256, 160, 320, 32, 128, 128),
    "5b": Widths(384, 192, 384, 48, 128, 128),
}
"""Table 1 of the paper. The heads stand behind 4a and 4d."""


class GoogLeNet(Layer):
    """A trunk in three parts, with a head behind the first and the second. See googlenet.

    In training forward keeps the heads' logits in `aux_logits`; else the heads do not run.
    `loss` and `loss_backward` count them with the weight 0.3. Raises as its layers do.
    """

    aux_weight = 0.3

    def __init__(
        self, trunk: tuple[Sequential, Sequential, Sequential], heads: tuple[Layer, ...]
    ) -> None:
        self.trunk = trunk
        self.heads = heads
        self.aux_logits: tuple[Array, ...] = ()

    def forward(self, x: Array) -> Array:
        """Logits (N, n_classes) of the last layer."""
        first, second, last = self.trunk
        low = first.forward(x)
        middle = second.forward(low)
        self.aux_logits = ()
        if self.training:
            seen = zip(self.heads, (low, middle), strict=False)  # there may be no heads
            self.aux_logits = tuple(head.forward(y) for head, y in seen)
        return last.forward(middle)

    def backward(self, grad_output: Array, grad_aux: tuple[Array, ...] = ()) -> Array:
        """dE/dx from dE/dlogits and, if the heads count, from dE/d(each of aux_logits).

        Raises ValueError unless there are as many gradients for heads as heads that ran, or none.
        """
        if len(grad_aux) not in (0, len(self.aux_logits)):
            raise ValueError(
                f"GoogLeNet.backward expects a gradient for each of the {len(self.aux_logits)} "
                f"heads that ran, or none; got {len(grad_aux)}."
            )
        first, second, last = self.trunk
        back = [head.backward(g) for head, g in zip(self.heads, grad_aux, strict=False)]
        low, middle = back or (0.0, 0.0)
        grad = last.backward(grad_output) + middle
        return first.backward(second.backward(grad) + low)

    def loss(self, logits: Array, targets: Array) -> float:
        """cross_entropy(logits) + 0.3 (the same of each head), after forward; heads in training.

        logits (N, n_classes), targets (N,). Raises as functional.cross_entropy does.
        """
        heads = [F.cross_entropy(aux, targets) for aux in self.aux_logits]
        return float(F.cross_entropy(logits, targets) + self.aux_weight * sum(heads))

    def loss_backward(self, logits: Array, targets: Array) -> Array:
        """d loss / dx through the trunk and through the heads; arguments as for loss."""
        one = np.ones((), logits.dtype)
        heads = [
            F.cross_entropy_backward(self.aux_weight * one, aux, targets)
            for aux in self.aux_logits
        ]
        return self.backward(F.cross_entropy_backward(one, logits, targets), tuple(heads))

    def parts(self) -> dict[str, Any]:
        """The layers by torchvision's names: all of the trunk, the heads, and the last layer."""
        members = {name: part for some in self.trunk for name, part in some.parts().items()}
        heads = {f"aux{place}": head for place, head in enumerate(self.heads, start=1)}
        last = {"fc": members.pop("fc")}
        return {**members, **heads, **last}


def googlenet(
    variant: Kind = "library",
    n_classes: int = 1000,
    *,
    aux: bool = True,
    rng: np.random.Generator,
    init: Initializer = he,
    dtype: DTypeLike = np.float32,
) -> GoogLeNet:
    """A stem, nine inception modules with three pools among them, a global average, a layer.

    x (N, 3, 224, 224) -> logits (N, n_classes). "original": as published, with biases and 5 x 5
    windows: 6,998,552 parameters, and 6,379,728 in two heads. "library": with torchvision's
    names, batch normalisation, and 3 x 3 in place of 5 x 5, an old slip that its weights keep:
    6,624,904, and 6,379,984. "normalised": that with true 5 x 5 windows: 7,005,832. aux: with
    the heads, for training. The paper's normalisation across channels is left out; so is the
    change of colours that torchvision makes before its published weights see an image.
    Raises ValueError for other variants.
    Source: Szegedy et al. 2015; Wuppertal 001:672-692.
    """
    if variant not in get_args(Kind):
        raise ValueError(f"variant is 'library', 'original' or 'normalised'; got {variant!r}.")
    make = Maker(rng, init, dtype)
    units = Units(make, variant != "original", 3 if variant == "library" else 5)
    trunk = (
        Sequential(
            conv1=units.conv(3, 64, 7, 2, 3), maxpool1=_halve(3),
            conv2=units.conv(64, 64, 1), conv3=units.conv(64, 192, 3, 1, 1), maxpool2=_halve(3),
            **_modules(units, 192, "3a", "3b"), maxpool3=_halve(3),
            **_modules(units, 480, "4a"),
        ),
        Sequential(**_modules(units, 512, "4b", "4c", "4d")),
        Sequential(
            **_modules(units, 528, "4e"), maxpool4=_halve(3 if variant == "original" else 2),
            **_modules(units, 832, "5a", "5b"),
            avgpool=GlobalAvgPool2d(), dropout=make.dropout(0.4 if variant == "original" else 0.2),
            fc=make.linear(1024, n_classes),
        ),
    )
    heads = (units.head(512, n_classes), units.head(528, n_classes)) if aux else ()
    return GoogLeNet(trunk, heads)


def _halve(kernel_size: int) -> MaxPool2d:
    return MaxPool2d(kernel_size, 2, rounding="ceil")


def _modules(units: Units, n_in: int, *names: str) -> dict[str, Layer]:
    found: dict[str, Layer] = {}
    for name in names:
        found[f"inception{name}"] = units.module(n_in, MODULES[name])
        n_in = MODULES[name].total
    return found
