"""Wrong beliefs about the gradient of filters that all places share."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def _pad(x, padding):
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


def _patches(x, shape, kernel_size, stride, padding):
    """(N, C, out_h, out_w, F_h, F_w), as many places as `shape` (..., out_h, out_w) has."""
    windows = sliding_window_view(_pad(x, padding), tuple(kernel_size), axis=(2, 3))
    return windows[:, :, ::stride, ::stride][:, :, : shape[2], : shape[3]]


def _gradient(grad_output, patches):
    return np.einsum("nkrs,ncrsij->kcij", grad_output, patches)


def takes_the_mean_over_the_batch(grad_output, x, kernel_size, stride=1, padding=0):
    """You divide by the number of images; if a mean is wanted, it is in grad_output already.

    Losses are often means, and then one divides a second time.
    """
    patches = _patches(x, grad_output.shape, kernel_size, stride, padding)
    return _gradient(grad_output, patches) / len(x)


def takes_the_mean_over_the_places(grad_output, x, kernel_size, stride=1, padding=0):
    """You divide by the number of places; a weight used at all of them gets the sum.

    One weight for many places, so one average opinion.
    """
    patches = _patches(x, grad_output.shape, kernel_size, stride, padding)
    return _gradient(grad_output, patches) / np.prod(grad_output.shape[2:])


def keeps_the_last_image(grad_output, x, kernel_size, stride=1, padding=0):
    """You overwrite the gradient image by image; add up over the batch.

    A = in a loop over images gives an array of the right shape.
    """
    patches = _patches(x, grad_output.shape, kernel_size, stride, padding)
    return _gradient(grad_output[-1:], patches[-1:])


def keeps_the_last_place(grad_output, x, kernel_size, stride=1, padding=0):
    """You overwrite the gradient place by place; every place uses the weights, so add up.

    = instead of += in the innermost loop.
    """
    patches = _patches(x, grad_output.shape, kernel_size, stride, padding)
    return _gradient(grad_output[:, :, -1:, -1:], patches[:, :, -1:, -1:])


def uses_the_image_without_padding(grad_output, x, kernel_size, stride=1, padding=0):
    """You slide over x without its padding; the forward pass saw the padded image.

    x is at hand, the padded x is not.
    """
    rows, cols = grad_output.shape[2:]
    need = [(n - 1) * stride + f for n, f in zip((rows, cols), kernel_size, strict=True)]
    grown = np.pad(x, ((0, 0), (0, 0), (0, max(need[0] - x.shape[2], 0)),
                       (0, max(need[1] - x.shape[3], 0))))
    return _gradient(grad_output, _patches(grown, grad_output.shape, kernel_size, stride, 0))


def forgets_the_stride(grad_output, x, kernel_size, stride=1, padding=0):
    """You pair place r with the window at row r; it looked at row r * stride.

    The loops run over the places, and the stride is easily lost in the slice.
    """
    return _gradient(grad_output, _patches(x, grad_output.shape, kernel_size, 1, padding))


def flips_the_result(grad_output, x, kernel_size, stride=1, padding=0):
    """You turn the gradient by 180 degrees; the gradient by the filter is not flipped.

    One of the two gradients has a flip in it, and this is not the one.
    """
    patches = _patches(x, grad_output.shape, kernel_size, stride, padding)
    return _gradient(grad_output, patches)[:, :, ::-1, ::-1]


def ignores_what_comes_from_behind(grad_output, x, kernel_size, stride=1, padding=0):
    """You add up the patches with weight 1; each place counts as much as grad_output says.

    A gradient check that sums up all outputs has exactly this upstream, and is content.
    """
    patches = _patches(x, grad_output.shape, kernel_size, stride, padding)
    return _gradient(np.ones_like(grad_output), patches)


def swaps_filters_and_channels(grad_output, x, kernel_size, stride=1, padding=0):
    """You return (C, K, F_h, F_w); the gradient has the shape of the weights, (K, C, F_h, F_w).

    columns times grad_output is as good a product, only transposed.
    """
    patches = _patches(x, grad_output.shape, kernel_size, stride, padding)
    return _gradient(grad_output, patches).swapaxes(0, 1)


def adds_up_the_channels(grad_output, x, kernel_size, stride=1, padding=0):
    """You add up over the channels; a filter has weights of its own for each channel.

    Forward the channels are added up, so backward seems to do it too.
    """
    patches = _patches(x, grad_output.shape, kernel_size, stride, padding)
    whole = _gradient(grad_output, patches)
    return np.broadcast_to(whole.sum(axis=1, keepdims=True), whole.shape).copy()


def keeps_the_images_apart(grad_output, x, kernel_size, stride=1, padding=0):
    """You return one gradient for every image; all images share the filters, so add up.

    A stacked matrix product keeps the first axis.
    """
    patches = _patches(x, grad_output.shape, kernel_size, stride, padding)
    return np.einsum("nkrs,ncrsij->nkcij", grad_output, patches)


def reshapes_the_images_into_the_filters(grad_output, x, kernel_size, stride=1, padding=0):
    """You reshape (N, K, ...) to (K, ...); reshape never moves axes, so images and filters mix.

    All images at once in one product is a good idea. But the axes must be moved first.
    """
    patches = _patches(x, grad_output.shape, kernel_size, stride, padding)
    mixed = grad_output.reshape(grad_output.shape[1], len(x), *grad_output.shape[2:])
    return _gradient(mixed.swapaxes(0, 1), patches)


def _product(grad_output, x, kernel_size, stride, padding, *, turned=None):
    """One stacked product with the columns; `turned` is what stands for their transpose."""
    windows = sliding_window_view(_pad(x, padding), tuple(kernel_size), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride].transpose(0, 1, 4, 5, 2, 3)
    columns = windows.reshape(len(x), x.shape[1] * int(np.prod(kernel_size)), -1)
    g = grad_output.reshape(*grad_output.shape[:2], -1)
    product = g @ (columns.transpose(0, 2, 1) if turned is None else turned(columns))
    return product.sum(axis=0).reshape(g.shape[1], x.shape[1], *kernel_size)


def takes_columns_of_the_unpadded_image(grad_output, x, kernel_size, stride=1, padding=0):
    """You call im2col without the padding; it must make the columns of the forward pass.

    The argument has a default, so it is not missed until there is padding.
    """
    return _product(grad_output, x, kernel_size, stride, 0)


def takes_columns_of_every_place(grad_output, x, kernel_size, stride=1, padding=0):
    """You call im2col without the stride; it must make the columns of the forward pass.

    The argument has a default, so it is not missed until there is a stride.
    """
    return _product(grad_output, x, kernel_size, 1, padding)


def reshapes_the_columns_to_turn_them(grad_output, x, kernel_size, stride=1, padding=0):
    """You reshape the columns to (places, C F_h F_w); reshape never moves axes, transpose does.

    The shapes fit, and the numbers are shuffled.
    """
    return _product(grad_output, x, kernel_size, stride, padding,
                    turned=lambda columns: columns.reshape(len(columns), columns.shape[2], -1))


def reshapes_the_product_to_turn_it(grad_output, x, kernel_size, stride=1, padding=0):
    """You reshape a product (C F_h F_w, K) to the filters; transpose it first, filters come first.

    Columns times gradients is as good a product, only transposed. reshape does not turn it back.
    """
    right = _gradient(grad_output, _patches(x, grad_output.shape, kernel_size, stride, padding))
    return right.reshape(len(right), -1).T.reshape(right.shape)
