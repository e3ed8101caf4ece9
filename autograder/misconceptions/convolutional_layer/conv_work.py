"""What people believe about the work that a convolutional layer does."""

import math

from course_lib.shapes import output_size


def _outputs(n_in, kernel_size, stride, padding):
    return (n_in + 2 * padding - kernel_size) // stride + 1


def _places(x_shape, weight_shape, stride, padding):
    return [
        _outputs(n_in, kernel_size, stride, padding)
        for n_in, kernel_size in zip(x_shape[1:], weight_shape[2:], strict=True)
    ]


def counts_one_filter_only(x_shape, weight_shape, stride=1, padding=0):
    """You count one map; every one of the K filters makes a map of its own.

    The example of the slide has one filter.
    """
    rows, cols = _places(x_shape, weight_shape, stride, padding)
    length = weight_shape[1] * weight_shape[2] * weight_shape[3]
    return rows * cols, length, rows * cols * length


def forgets_the_depth(x_shape, weight_shape, stride=1, padding=0):
    """You take F * F for the length; the filter goes through all channels, so F * F * C.

    One says "a 5 x 5 filter" and leaves the depth unsaid.
    """
    rows, cols = _places(x_shape, weight_shape, stride, padding)
    neurons, length = weight_shape[0] * rows * cols, weight_shape[2] * weight_shape[3]
    return neurons, length, neurons * length


def counts_the_channels_twice(x_shape, weight_shape, stride=1, padding=0):
    """You count a neuron for each channel; the channels are summed within one neuron.

    The filter has one slice per channel, and each seems to give an output of its own.
    """
    rows, cols = _places(x_shape, weight_shape, stride, padding)
    neurons = weight_shape[0] * rows * cols * weight_shape[1]
    length = weight_shape[1] * weight_shape[2] * weight_shape[3]
    return neurons, length, neurons * length


def counts_the_bias_in_the_length(x_shape, weight_shape, stride=1, padding=0):
    """You count the bias as a weight of the dot product; it is added afterwards.

    As a parameter it does count: 75 + 1 = 76 per filter. But nothing is multiplied with it.
    """
    rows, cols = _places(x_shape, weight_shape, stride, padding)
    neurons = weight_shape[0] * rows * cols
    length = weight_shape[1] * weight_shape[2] * weight_shape[3] + 1
    return neurons, length, neurons * length


def counts_multiplying_and_adding_apart(x_shape, weight_shape, stride=1, padding=0):
    """You count two operations per weight; one multiply-add is one product that is added up.

    Sheets that give "FLOPs" count both, which doubles the number.
    """
    rows, cols = _places(x_shape, weight_shape, stride, padding)
    neurons = weight_shape[0] * rows * cols
    length = weight_shape[1] * weight_shape[2] * weight_shape[3]
    return neurons, length, 2 * neurons * length


def forgets_the_plus_one(x_shape, weight_shape, stride=1, padding=0):
    """You count steps, not positions: (N - F + 2P) / S steps make one position more.

    252 = 256 - 5 + 1, and the 1 is soon lost.
    """
    rows, cols = (n - 1 for n in _places(x_shape, weight_shape, stride, padding))
    neurons = weight_shape[0] * rows * cols
    length = weight_shape[1] * weight_shape[2] * weight_shape[3]
    return neurons, length, neurons * length


def ignores_the_stride(x_shape, weight_shape, stride=1, padding=0):
    """You count a neuron for every position; with stride S only every S-th is there.

    With stride 1 the two are the same.
    """
    rows, cols = _places(x_shape, weight_shape, 1, padding)
    neurons = weight_shape[0] * rows * cols
    length = weight_shape[1] * weight_shape[2] * weight_shape[3]
    return neurons, length, neurons * length


def ignores_the_padding(x_shape, weight_shape, stride=1, padding=0):
    """You leave out the padding; the filter also stops on the zeros around the image.

    Zeros need no work, one thinks, but the windows that touch them do.
    """
    rows, cols = _places(x_shape, weight_shape, stride, 0)
    neurons = weight_shape[0] * rows * cols
    length = weight_shape[1] * weight_shape[2] * weight_shape[3]
    return neurons, length, neurons * length


def counts_all_filters_in_the_length(x_shape, weight_shape, stride=1, padding=0):
    """You multiply all of weight_shape for the length; a neuron has one filter, not all K.

    The weights of a layer are K * C * F * F numbers, and math.prod(weight_shape) is short.
    """
    rows, cols = _places(x_shape, weight_shape, stride, padding)
    neurons, length = weight_shape[0] * rows * cols, math.prod(weight_shape)
    return neurons, length, neurons * length


def uses_the_height_for_the_width(x_shape, weight_shape, stride=1, padding=0):
    """You count the places across with H; x_shape[2] is the width W.

    One of two almost equal lines was changed, the other only half. Square images hide it.
    """
    rows = output_size(x_shape[1], weight_shape[2], stride, padding)
    cols = output_size(x_shape[1], weight_shape[3], stride, padding)
    neurons, length = weight_shape[0] * rows * cols, math.prod(weight_shape[1:])
    return neurons, length, neurons * length


def squares_the_places_down(x_shape, weight_shape, stride=1, padding=0):
    """You square the number of places down; there may be more or fewer places across.

    The decks write 252 * 252, and every image there is a square.
    """
    rows = output_size(x_shape[1], weight_shape[2], stride, padding)
    neurons, length = weight_shape[0] * rows**2, math.prod(weight_shape[1:])
    return neurons, length, neurons * length


def one_neuron_per_pixel(x_shape, weight_shape, stride=1, padding=0):
    """You count a neuron for each input pixel; there is one for each place where the filter fits.

    True for a "same" convolution with stride 1, which is the most common one.
    """
    neurons = weight_shape[0] * x_shape[1] * x_shape[2]
    length = weight_shape[1] * weight_shape[2] * weight_shape[3]
    return neurons, length, neurons * length


def assumes_square_images_and_filters(x_shape, weight_shape, stride=1, padding=0):
    """You square the number of rows; count rows and columns apart, they need not be equal.

    The decks write F * F and square images throughout.
    """
    rows, _ = _places(x_shape, weight_shape, stride, padding)
    neurons = weight_shape[0] * rows * rows
    length = weight_shape[1] * weight_shape[2] * weight_shape[2]
    return neurons, length, neurons * length
