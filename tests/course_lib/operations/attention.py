"""Rows for attention and capsules."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.course_lib.operations.operation import Operation

MASK = np.array([
    [True, False, True, True],
    [False, True, False, False],
    [True, True, True, True],
])
BATCH_OF_MASKS = np.stack([MASK, MASK[::-1]])
for mask in (MASK, BATCH_OF_MASKS):
    mask.flags.writeable = False


def _torch_attention(torch: Any, *tensors: Any, **settings: Any) -> Any:
    """PyTorch does not let a mask be combined with is_causal, nor a mask that is not writeable."""
    mask, causal = settings.pop("attn_mask", None), settings.pop("is_causal", False)
    allowed = torch.ones(tensors[0].shape[-2], tensors[1].shape[-2], dtype=torch.bool)
    if mask is not None:
        allowed = torch.tensor(mask)
    if causal:
        allowed = allowed.tril()
    attend = torch.nn.functional.scaled_dot_product_attention
    if tensors[0].ndim > 2:
        return attend(*tensors, attn_mask=allowed, **settings)
    return attend(*(t[None] for t in tensors), attn_mask=allowed[None], **settings)[0]


def _torch_squash(torch: Any, s: Any, axis: int = -1) -> Any:
    squared = (s**2).sum(dim=axis, keepdim=True)
    return squared / (1 + squared) * torch.nn.functional.normalize(s, dim=axis, eps=1e-300)


def _torch_routing(torch: Any, u_hat: Any, n_iterations: int = 3) -> Any:
    """As the paper writes it, one image after the other."""
    answers = []
    for image in u_hat:
        b = torch.zeros(image.shape[:2], dtype=image.dtype)
        for _ in range(n_iterations):
            c = torch.softmax(b, dim=1)
            v = _torch_squash(torch, (c[..., None] * image).sum(dim=0))
            b = b + (image * v).sum(dim=2)
        answers.append(v)
    return torch.stack(answers)


def _attention(*shapes: tuple[int, ...], batched: bool = False, **settings: Any) -> Operation:
    """Not batched: a batch has its own keys and values. Without one, each query stands alone."""
    return Operation(
        "scaled_dot_product_attention", shapes, (0, 1, 2), _torch_attention, settings,
        batched=batched,
    )


ATTENTION = [
    _attention((3, 5), (4, 5), (4, 6), batched=True),
    _attention((3, 5), (4, 5), (4, 6), batched=True, scale=0.3),
    _attention((1, 2), (3, 2), (3, 4), batched=True),                       # one query
    _attention((2, 3), (1, 3), (1, 4), batched=True),                       # one key
    _attention((3, 5), (4, 5), (4, 6), attn_mask=MASK),
    _attention((3, 5), (4, 5), (4, 6), is_causal=True),
    _attention((3, 5), (4, 5), (4, 6), attn_mask=np.tril(MASK), is_causal=True),
    _attention((2, 3, 5), (2, 4, 5), (2, 4, 6)),
    _attention((2, 3, 5), (2, 4, 5), (2, 4, 6), attn_mask=BATCH_OF_MASKS),
    _attention((2, 3, 4, 5), (2, 3, 6, 5), (2, 3, 6, 1), is_causal=True),   # heads
    Operation("squash", ((3, 5),), (0,), _torch_squash),
    Operation("squash", ((2, 3, 4),), (0,), _torch_squash, {"axis": 1}),
    Operation("squash", ((4, 1),), (0,), _torch_squash),
    Operation("routing", ((2, 5, 3, 4),), None, _torch_routing),
    Operation("routing", ((1, 3, 2, 6),), None, _torch_routing, {"n_iterations": 1}),
    Operation("routing", ((3, 4, 2, 5),), None, _torch_routing, {"n_iterations": 5}),
]
