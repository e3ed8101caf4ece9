"""Sizes: how many places a sliding window has, and which steps fit."""

from typing import Literal

from course_lib.arrays import expect_whole

Rounding = Literal["strict", "floor", "ceil"]


def output_size(
    n_in: int, kernel_size: int, stride: int = 1, padding: int = 0, *, rounding: Rounding = "strict"
) -> int:
    """n_out = (n_in - F + 2P) / S + 1: the number of places of a window along one axis.

    n_in, kernel_size (F), stride (S) and padding (P, on both sides) count pixels. The quotient
    must be whole, as the decks teach. rounding="floor" drops the pixels that are left over.
    rounding="ceil" adds a window that hangs over the end, unless it would begin beyond the
    image (the rule of PyTorch).

    Raises ValueError for a stride that does not fit, and names the strides that do; for a window
    larger than the padded input; for sizes that make no sense.
    Source: RWTH 000:779-782, TUM 002:603 and 678.
    """
    check_window(kernel_size, stride, padding)
    if rounding not in ("strict", "floor", "ceil"):
        raise ValueError(f"rounding is 'strict', 'floor' or 'ceil'; got {rounding!r}.")
    span = _span(n_in, kernel_size, padding)
    whole, rest = divmod(span, stride)
    if rest and rounding == "strict":
        raise ValueError(_misfit(n_in, kernel_size, stride, padding))
    if rest and rounding == "ceil" and (whole + 1) * stride < n_in + padding:
        return whole + 2
    return whole + 1


def valid_strides(n_in: int, kernel_size: int, padding: int = 0) -> list[int]:
    """The strides S for which (n_in - F + 2P) / S is whole, in increasing order.

    A window as large as the padded input has one place whatever the stride; [1] stands for that.
    Raises ValueError for a window larger than the padded input.
    """
    check_window(kernel_size, 1, padding)
    span = _span(n_in, kernel_size, padding)
    return [stride for stride in range(1, span + 1) if span % stride == 0] or [1]


def check_window(kernel_size: int, stride: int, padding: int) -> None:
    """Raise TypeError or ValueError unless the window, its step and the border make sense."""
    expect_whole("kernel_size", kernel_size, least=1)
    expect_whole("stride", stride, least=1)
    expect_whole("padding", padding, least=0)


def _span(n_in: int, kernel_size: int, padding: int) -> int:
    """n_in - F + 2P: how far the window can move."""
    expect_whole("n_in", n_in, least=1)
    span = int(n_in) - int(kernel_size) + 2 * int(padding)
    if span < 0:
        raise ValueError(
            f"A window of {kernel_size} is larger than an input of {n_in} with padding {padding} "
            f"on both sides ({n_in + 2 * padding}). Use a smaller window or a padding of at least "
            f"{(kernel_size - n_in + 1) // 2}."
        )
    return span


def _misfit(n_in: int, kernel_size: int, stride: int, padding: int) -> str:
    exact = _span(n_in, kernel_size, padding) / stride + 1
    strides = [str(legal) for legal in valid_strides(n_in, kernel_size, padding)]
    legal = " and ".join(filter(None, [", ".join(strides[:-1]), strides[-1]]))
    return (
        f"Stride {stride} does not fit: ({n_in} - {kernel_size} + 2*{padding})/{stride} + 1 = "
        f"{exact:g} is not whole. Legal strides for n_in={n_in}, kernel_size={kernel_size}, "
        f"padding={padding}: {legal}. (Or say rounding='floor' or rounding='ceil'.)"
    )
