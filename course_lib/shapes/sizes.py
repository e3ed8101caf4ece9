"""Sizes: how many places a sliding window has, and which steps fit."""

from typing import Literal

from course_lib.arrays import expect_whole

Rounding = Literal["strict", "floor", "ceil"]
Border = int | tuple[int, int] | Literal["same", "valid"]


def output_size(
    n_in: int,
    kernel_size: int,
    stride: int = 1,
    padding: Border = 0,
    *,
    dilation: int = 1,
    rounding: Rounding = "strict",
) -> int:
    """n_out = (n_in - F + 2P) / S + 1: the number of places of a window along one axis.

    n_in, kernel_size (F), stride (S) and padding (P, on both sides) count pixels; padding may
    also be a pair (before, after), "valid" or "same" (see `border`). With a dilation D the
    window is D (F - 1) + 1 pixels wide. The quotient must be whole, as the decks teach.
    rounding="floor" drops the pixels that are left over. rounding="ceil" adds a window that
    hangs over the end, unless it would begin beyond the image (the rule of PyTorch).

    Raises ValueError for a stride that does not fit, and names the strides that do; for a window
    larger than the padded input; for sizes that make no sense.
    Source: RWTH 000:779-782, TUM 002:603 and 678, Wuppertal 001:421-425 (dilation).
    """
    expect_whole("kernel_size", kernel_size, least=1)
    expect_whole("stride", stride, least=1)
    if rounding not in ("strict", "floor", "ceil"):
        raise ValueError(f"rounding is 'strict', 'floor' or 'ceil'; got {rounding!r}.")
    added = border(padding, kernel_size, stride, dilation)
    span = _span(n_in, kernel_size, added, dilation)
    whole, rest = divmod(span, int(stride))
    if rest and rounding == "strict":
        raise ValueError(_misfit(n_in, kernel_size, stride, added, dilation))
    if rest and rounding == "ceil" and (whole + 1) * stride < n_in + added[0]:
        return whole + 2
    return whole + 1


def transposed_output_size(
    n_in: int,
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
    *,
    output_padding: int = 0,
    dilation: int = 1,
) -> int:
    """n_out = (n_in - 1) S - 2P + D (F - 1) + 1 + output_padding: output_size, solved for n_in.

    A stride S > 1 gives the same output_size to several inputs; output_padding, which is below
    the stride or the dilation, chooses among them.
    Raises ValueError for sizes that make no sense or leave no pixel.
    Source: Dumoulin and Visin 2016, chapter 4.
    """
    for name, value in (("n_in", n_in), ("kernel_size", kernel_size), ("stride", stride)):
        expect_whole(name, value, least=1)
    expect_whole("padding", padding, least=0)
    expect_whole("output_padding", output_padding, least=0)
    width = dilated_size(kernel_size, dilation)
    if output_padding >= max(stride, dilation):
        raise ValueError(
            f"output_padding must be below the stride or the dilation; got {output_padding} with "
            f"stride {stride} and dilation {dilation}."
        )
    n_out = (int(n_in) - 1) * int(stride) - 2 * int(padding) + width + int(output_padding)
    if n_out < 1:
        raise ValueError(
            f"Padding {padding} cuts everything away: ({n_in} - 1)*{stride} - 2*{padding} + "
            f"{width} + {output_padding} = {n_out} pixels are left. Use a smaller padding."
        )
    return n_out


def valid_strides(
    n_in: int, kernel_size: int, padding: Border = 0, *, dilation: int = 1
) -> list[int]:
    """The strides S for which (n_in - F + 2P) / S is whole, in increasing order.

    A window as large as the padded input has one place whatever the stride; [1] stands for that.
    Raises ValueError for a window larger than the padded input.
    """
    expect_whole("kernel_size", kernel_size, least=1)
    span = _span(n_in, kernel_size, border(padding, kernel_size, 1, dilation), dilation)
    return [stride for stride in range(1, span + 1) if span % stride == 0] or [1]


def fix_padding(n_in: int, kernel_size: int, stride: int) -> tuple[int, int]:
    """The least padding (before, after) with which the stride fits; the odd pixel comes after.

    (0, 0) where it fits already. Padding on both sides alone cannot always mend a stride: with
    stride 2 it moves (n_in - F + 2P) / S by whole numbers.
    Raises ValueError for sizes that make no sense. Source: RWTH 000:691-695.
    """
    for name, value in (("n_in", n_in), ("kernel_size", kernel_size), ("stride", stride)):
        expect_whole(name, value, least=1)
    missing = int(kernel_size) - int(n_in)
    total = max(missing, missing % int(stride))
    return total // 2, total - total // 2


def border(
    padding: Border, kernel_size: int, stride: int = 1, dilation: int = 1
) -> tuple[int, int]:
    """How many pixels a padding adds before and after the input.

    A number counts on both sides; "valid" is none. "same" adds as many as keep the size at
    stride 1, the odd one at the end (as PyTorch does), and is refused at other strides.
    """
    if isinstance(padding, str):
        if padding not in ("same", "valid"):
            raise ValueError(f"padding is a number of pixels, 'same' or 'valid'; got {padding!r}.")
        if padding == "same" and stride != 1:
            raise ValueError(
                f"padding='same' keeps the size, which only stride 1 can; got stride {stride}. "
                "Give the padding in pixels."
            )
        total = dilated_size(kernel_size, dilation) - 1 if padding == "same" else 0
        return total // 2, total - total // 2
    if isinstance(padding, tuple) and len(padding) != 2:
        raise ValueError(f"padding along one axis is a pair (before, after); got {padding}.")
    before, after = padding if isinstance(padding, tuple) else (padding, padding)
    expect_whole("padding", before, least=0)
    expect_whole("padding", after, least=0)
    return int(before), int(after)


def dilated_size(kernel_size: int, dilation: int = 1) -> int:
    """D (F - 1) + 1: from the first to the last pixel of a filter whose pixels lie D apart."""
    expect_whole("dilation", dilation, least=1)
    return int(dilation) * (int(kernel_size) - 1) + 1


def _span(n_in: int, kernel_size: int, added: tuple[int, int], dilation: int) -> int:
    """n_in - F + 2P: how far the window can move."""
    expect_whole("n_in", n_in, least=1)
    width, padded = dilated_size(kernel_size, dilation), int(n_in) + sum(added)
    if width > padded:
        dilated = f" ({kernel_size} pixels at dilation {dilation})" if dilation > 1 else ""
        before, after = added
        sides = f"{before} on both sides" if before == after else f"{before} before, {after} after"
        raise ValueError(
            f"A window of {width}{dilated} is larger than an input of {n_in} with padding {sides} "
            f"({padded}). Use a smaller window or a padding of at least {(width - n_in + 1) // 2}."
        )
    return padded - width


def _misfit(
    n_in: int, kernel_size: int, stride: int, added: tuple[int, int], dilation: int
) -> str:
    exact = _span(n_in, kernel_size, added, dilation) / stride + 1
    strides = [str(legal) for legal in valid_strides(n_in, kernel_size, added, dilation=dilation)]
    legal = " and ".join(filter(None, [", ".join(strides[:-1]), strides[-1]]))
    before, after = added
    symmetric = before == after
    border_sum = f"2*{before}" if symmetric else f"{before} + {after}"
    given = f"n_in={n_in}, kernel_size={kernel_size}, padding={before if symmetric else added}"
    if dilation > 1:
        given += f", dilation={dilation}"
    return (
        f"Stride {stride} does not fit: ({n_in} - {dilated_size(kernel_size, dilation)} + "
        f"{border_sum})/{stride} + 1 = {exact:g} is not whole. Legal strides for {given}: {legal}. "
        "(Or say rounding='floor' or rounding='ceil'.)"
    )
