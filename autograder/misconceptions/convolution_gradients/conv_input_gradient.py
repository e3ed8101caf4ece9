"""Wrong beliefs about the way back to the image."""

import numpy as np


def _back(grad_output, weight, image_size, stride, padding, *, step=None, add=True):
    """The gradient by the padded image; with add=False the last place wins."""
    step = stride if step is None else step
    f_h, f_w = weight.shape[2:]
    height, width = (n + 2 * padding for n in image_size)
    grad = np.zeros((len(grad_output), weight.shape[1], height, width))
    for r in range(grad_output.shape[2]):
        for s in range(grad_output.shape[3]):
            window = np.s_[:, :, r * step : r * step + f_h, s * step : s * step + f_w]
            stamp = np.tensordot(grad_output[:, :, r, s], weight, axes=1)
            if add:
                grad[window] += stamp
            else:
                grad[window] = stamp
    return grad


def _cut(grad, padding):
    rows, cols = grad.shape[2:]
    return grad[:, :, padding : rows - padding, padding : cols - padding]


def ends_the_slice_at_minus_padding(grad_output, weight, image_size, stride=1, padding=0):
    """You cut the padding with p:-p; for padding 0 that is 0:0, and the gradient is empty.

    It stood so in half of the published solutions of a famous course.
    """
    return _back(grad_output, weight, image_size, stride, padding)[
        :, :, padding:-padding, padding:-padding
    ]


def keeps_the_padding(grad_output, weight, image_size, stride=1, padding=0):
    """You return the gradient of the padded image; the gradient has the shape of x.

    The sums are done, and one line is missing.
    """
    return _back(grad_output, weight, image_size, stride, padding)


def overwrites_where_windows_overlap(grad_output, weight, image_size, stride=1, padding=0):
    """You overwrite where windows overlap; a pixel that several places saw adds up.

    Windows are seen as pieces that lie side by side.
    """
    return _cut(_back(grad_output, weight, image_size, stride, padding, add=False), padding)


def forgets_the_stride(grad_output, weight, image_size, stride=1, padding=0):
    """You put what place r hands back at row r; its window began at row r * stride.

    Published solutions with full marks had this for years, for no test had stride 2.
    """
    return _cut(_back(grad_output, weight, image_size, stride, padding, step=1), padding)


def turns_the_filters_the_wrong_way_round(grad_output, weight, image_size, stride=1, padding=0):
    """You turn the filters the wrong way round; place r hands back its filter as it is.

    "Backward, the kernel is flipped" holds for a filter that slides over the gradients; whoever
    slides without a flip, or stamps with one, gets these numbers.
    """
    flipped = weight[:, :, ::-1, ::-1]
    return _cut(_back(grad_output, flipped, image_size, stride, padding), padding)


def ignores_what_comes_from_behind(grad_output, weight, image_size, stride=1, padding=0):
    """You stamp the filters with weight 1; each place counts as much as grad_output says.

    A gradient check that sums up all outputs has exactly this upstream, and is content.
    """
    ones = np.ones_like(grad_output)
    return _cut(_back(ones, weight, image_size, stride, padding), padding)


def takes_the_mean_over_the_filters(grad_output, weight, image_size, stride=1, padding=0):
    """You take the mean over the filters; the image feels each of them, so add up.

    mean and sum give the same shape.
    """
    return _cut(_back(grad_output, weight, image_size, stride, padding), padding) / len(weight)


def takes_the_mean_over_the_batch(grad_output, weight, image_size, stride=1, padding=0):
    """You divide by the number of images; each image has a gradient of its own.

    Gradients of weights are sometimes means over the batch; that of the input never is.
    """
    return _cut(_back(grad_output, weight, image_size, stride, padding), padding) / len(grad_output)


def uses_the_first_filter_only(grad_output, weight, image_size, stride=1, padding=0):
    """You go back through one filter; every map hands something back, through its own filter.

    With one filter nobody notices.
    """
    one = _back(grad_output[:, :1], weight[:1], image_size, stride, padding)
    return _cut(one, padding)


def mixes_up_the_channels(grad_output, weight, image_size, stride=1, padding=0):
    """You give every channel the sum over all channels; each has weights of its own.

    Forward the channels are added up, so backward seems to do it too.
    """
    grad = _cut(_back(grad_output, weight, image_size, stride, padding), padding)
    return np.broadcast_to(grad.sum(axis=1, keepdims=True), grad.shape).copy()


def takes_the_columns_for_images(grad_output, weight, image_size, stride=1, padding=0):
    """You return the gradient of the columns; col2im brings it back to the pixels.

    After the matrix product of the dense layer the work seems done.
    """
    images, filters = grad_output.shape[:2]
    return weight.reshape(filters, -1).T @ grad_output.reshape(images, filters, -1)


def reshapes_the_images_into_the_filters(grad_output, weight, image_size, stride=1, padding=0):
    """You reshape (N, K, ...) to (K, ...); reshape never moves axes, so images and filters mix.

    All images at once in one product is a good idea. But the axes must be moved first.
    """
    images, filters = grad_output.shape[:2]
    mixed = grad_output.reshape(filters, images, *grad_output.shape[2:]).swapaxes(0, 1)
    return _cut(_back(mixed, weight, image_size, stride, padding), padding)


def reshapes_the_filters_to_turn_them(grad_output, weight, image_size, stride=1, padding=0):
    """You reshape the filters to (C F_h F_w, K); reshape never moves axes, transpose does.

    The shapes fit, and the numbers are shuffled.
    """
    filters = len(weight)
    mixed = weight.reshape(-1, filters).T.reshape(weight.shape)
    return _cut(_back(grad_output, mixed, image_size, stride, padding), padding)


def slides_as_if_the_stride_were_one(grad_output, weight, image_size, stride=1, padding=0):
    """You slide turned filters over g as it is; with stride S first put S - 1 zeros between.

    The table of full convolutions is for stride 1.
    """
    size = [n + f - 1 for n, f in zip(grad_output.shape[2:], weight.shape[2:], strict=True)]
    small = [n - 2 * padding for n in size]
    return _cut(_back(grad_output, weight, small, 1, padding), padding)
