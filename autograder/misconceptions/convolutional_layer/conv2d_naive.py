"""What people believe about the forward pass of a convolutional layer."""

import math

import numpy as np

from course_lib.shapes import output_size


def _refuse_other_depths(x, weight):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("depths differ")


def _pad(x, padding, mode="constant"):
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode=mode)


def _sizes(x, weight, stride, padding):
    sizes = []
    for n_in, kernel_size in zip(x.shape[2:], weight.shape[2:], strict=True):
        span = n_in + 2 * padding - kernel_size
        if span < 0 or span % stride:
            raise ValueError("the stride does not fit")
        sizes.append(span // stride + 1)
    return sizes


def _slide(padded, weight, n_rows, n_cols, steps):
    filter_rows, filter_cols = weight.shape[2:]
    out = np.zeros((len(padded), len(weight), n_rows, n_cols))
    for i, j in np.ndindex(n_rows, n_cols):
        top, left = i * steps[0], j * steps[1]
        window = padded[:, :, top : top + filter_rows, left : left + filter_cols]
        out[:, :, i, j] = np.einsum("ncij,kcij->nk", window, weight)
    return out


def _layer(x, weight, stride, padding, mode="constant"):
    _refuse_other_depths(x, weight)
    n_rows, n_cols = _sizes(x, weight, stride, padding)
    return _slide(_pad(x, padding, mode), weight, n_rows, n_cols, (stride, stride))


def _strict_sizes(x, weight, stride=1, padding=0):
    # With the course's function and so in its words: an error is recognised by them.
    return [
        output_size(n_in, kernel_size, stride, padding)
        for n_in, kernel_size in zip(x.shape[2:], weight.shape[2:], strict=True)
    ]


def _with_own_neuron(x, weight, bias, stride, padding, step, filter_first=False):
    """The size is right, the windows are cut from the image as it is, `step` pixels apart."""
    _refuse_other_depths(x, weight)
    out = np.zeros((len(x), len(weight), *_strict_sizes(x, weight, stride, padding)))
    for n, k, row, col in np.ndindex(out.shape):
        top, left = row * step, col * step
        window = x[n][:, top : top + weight.shape[2], left : left + weight.shape[3]]
        factors = (weight[k], window) if filter_first else (window, weight[k])
        out[n, k, row, col] = np.sum(np.multiply(*factors)) + bias[k]
    return out


def _column(bias):
    return np.asarray(bias)[:, None, None]


def flips_the_kernel(x, weight, bias, stride=1, padding=0):
    """You turn every filter by 180 degrees; the layer is a cross-correlation and does not flip.

    Convolution in lecture 07 flips, and so does scipy.signal.convolve2d. With filters that equal
    their own half turn (box, Gauss) nobody sees the difference.
    """
    return _layer(x, weight[:, :, ::-1, ::-1], stride, padding) + _column(bias)


def forgets_the_bias(x, weight, bias, stride=1, padding=0):
    """You leave out the bias; each filter has one, added at every position of its map.

    The sliding window is the interesting part, and with a bias of zero nothing is missing.
    """
    return _layer(x, weight, stride, padding)


def adds_the_bias_for_every_channel(x, weight, bias, stride=1, padding=0):
    """You add the bias inside the loop over the channels; it is added once per output value.

    In a loop over channels the line with the bias slips one level too deep.
    """
    return _layer(x, weight, stride, padding) + _column(bias) * x.shape[1]


def adds_the_bias_twice(x, weight, bias, stride=1, padding=0):
    """You add the bias twice; conv_neuron has added it already.

    The formula of the layer has a "+ b", and it is written down again around the call of a
    function that contains it.
    """
    return _layer(x, weight, stride, padding) + 2 * _column(bias)


def gives_every_filter_the_first_bias(x, weight, bias, stride=1, padding=0):
    """You add bias[0] to every map; filter k has its own bias, bias[k].

    The examples that are worked by hand have one filter and so one bias.
    """
    return _layer(x, weight, stride, padding) + bias[0]


def ignores_the_stride(x, weight, bias, stride=1, padding=0):
    """You move the window by one pixel per output; it moves by `stride` pixels.

    The output has the right size, because the size formula got the stride. The slice did not.
    """
    _refuse_other_depths(x, weight)
    n_rows, n_cols = _sizes(x, weight, stride, padding)
    return _slide(_pad(x, padding), weight, n_rows, n_cols, (1, 1)) + _column(bias)


def strides_down_only(x, weight, bias, stride=1, padding=0):
    """You jump by `stride` from row to row but not from column to column; it holds for both.

    One of two almost equal lines was changed, the other forgotten.
    """
    _refuse_other_depths(x, weight)
    n_rows, n_cols = _sizes(x, weight, stride, padding)
    return _slide(_pad(x, padding), weight, n_rows, n_cols, (stride, 1)) + _column(bias)


def counts_the_padding_once(x, weight, bias, stride=1, padding=0):
    """You count the padding once per axis; it stands on both sides, so the size has N + 2P - F.

    "Padding 1" sounds like one more row and one more column. Padding only above and to the left
    gives the same numbers as a size formula without its 2.
    """
    _refuse_other_depths(x, weight)
    _sizes(x, weight, stride, padding)
    n_rows, n_cols = (
        (n_in + padding - kernel_size) // stride + 1
        for n_in, kernel_size in zip(x.shape[2:], weight.shape[2:], strict=True)
    )
    return _slide(_pad(x, padding), weight, n_rows, n_cols, (stride, stride)) + _column(bias)


def ignores_the_padding(x, weight, bias, stride=1, padding=0):
    """You leave out the padding; zeros stand around the image and belong to its size, N + 2P.

    The first example has none, and an argument with a default of 0 is easily never used.
    """
    _refuse_other_depths(x, weight)
    n_rows, n_cols = _strict_sizes(x, weight, stride)
    return _slide(x, weight, n_rows, n_cols, (stride, stride)) + _column(bias)


def ignores_the_padding_and_rounds_down(x, weight, bias, stride=1, padding=0):
    """You leave out the padding, and round sizes down; N + 2P - F must be a multiple of S.

    The same with a formula of one's own, (N - F) // S + 1, instead of output_size.
    """
    return rounds_the_size_down(x, weight, bias, stride, 0)


def ignores_stride_and_padding(x, weight, bias, stride=1, padding=0):
    """You use neither stride nor padding; both belong to the size and to the windows.

    Both have defaults, and the first two examples need no others.
    """
    _refuse_other_depths(x, weight)
    return _slide(x, weight, *_strict_sizes(x, weight), (1, 1)) + _column(bias)


def does_not_pass_the_padding_on(x, weight, bias, stride=1, padding=0):
    """You count the padding in the size but not where the window is cut: pass it on there too.

    The output has the right size, and the windows at its end hang over the image.
    """
    return _with_own_neuron(x, weight, bias, stride, padding, stride)


def does_not_pass_the_padding_on_filter_first(x, weight, bias, stride=1, padding=0):
    """You count the padding in the size only; the window has to be cut from the padded image.

    The same with filter times window instead of window times filter, refused in other words.
    """
    return _with_own_neuron(x, weight, bias, stride, padding, stride, filter_first=True)


def leaves_the_padding_out_of_the_size(x, weight, bias, stride=1, padding=0):
    """You cut the windows from the padded image, but count how many as if there were no padding.

    The image has H rows, so H goes into the formula. The last windows are never visited.
    """
    _refuse_other_depths(x, weight)
    n_rows, n_cols = _strict_sizes(x, weight, stride)
    return _slide(_pad(x, padding), weight, n_rows, n_cols, (stride, stride)) + _column(bias)


def passes_neither_stride_nor_padding_on(x, weight, bias, stride=1, padding=0):
    """You use stride and padding for the size only; each neuron needs them for its window too.

    conv_neuron(x, weight, bias, row, col) is a complete call: the defaults fill up the rest.
    """
    return _with_own_neuron(x, weight, bias, stride, padding, 1)


def forgets_the_stride_in_the_size_too(x, weight, bias, stride=1, padding=0):
    """You use the stride nowhere; it moves the window and makes the output smaller.

    The first animation has stride 1, and with it the two are the same.
    """
    _refuse_other_depths(x, weight)
    n_rows, n_cols = _strict_sizes(x, weight, 1, padding)
    return _slide(_pad(x, padding), weight, n_rows, n_cols, (1, 1)) + _column(bias)


def pads_with_the_edge(x, weight, bias, stride=1, padding=0):
    """You repeat the border pixels; this layer pads with zeros.

    On photographs a black frame looks wrong, so clamping seems to be the better padding.
    """
    return _layer(x, weight, stride, padding, mode="edge") + _column(bias)


def forgets_that_padding_can_be_zero(x, weight, bias, stride=1, padding=0):
    """You paste the image into [p:-p]; with padding 0 that slice is empty, so 0 needs care.

    `padded[:, :, p:-p, p:-p] = x` is right for every p but 0, because -0 is 0: the slice ends
    before it starts. Half of the published solutions of a famous course fall into this hole.
    """
    _refuse_other_depths(x, weight)
    n_rows, n_cols = _sizes(x, weight, stride, padding)
    images, channels, rows, cols = x.shape
    padded = np.zeros((images, channels, rows + 2 * padding, cols + 2 * padding))
    padded[:, :, padding:-padding, padding:-padding] = x
    return _slide(padded, weight, n_rows, n_cols, (stride, stride)) + _column(bias)


def swaps_rows_and_columns(x, weight, bias, stride=1, padding=0):
    """You give maps of shape (columns, rows); the output is (N, K, rows, columns) as the input is.

    The decks write width times height, arrays are indexed row first. Square images hide it.
    """
    return (_layer(x, weight, stride, padding) + _column(bias)).transpose(0, 1, 3, 2)


def uses_only_the_first_channel(x, weight, bias, stride=1, padding=0):
    """You use only the first channel; every filter spans all channels and adds them up.

    The examples worked by hand are gray images, which have just one.
    """
    _refuse_other_depths(x, weight)
    return _layer(x[:, :1], weight[:, :1], stride, padding) + _column(bias)


def makes_a_map_for_each_channel(x, weight, bias, stride=1, padding=0):
    """You make a map for each channel of each filter; a filter adds up its channels to one map.

    A filter has one slice per channel, and each slice slides over a picture of its own.
    """
    _refuse_other_depths(x, weight)
    n_rows, n_cols = _sizes(x, weight, stride, padding)
    padded = _pad(x, padding)
    slices = [
        _slide(padded[:, c : c + 1], weight[k : k + 1, c : c + 1], n_rows, n_cols, (stride, stride))
        + bias[k]
        for k, c in np.ndindex(weight.shape[:2])
    ]
    return np.concatenate(slices, axis=1)


def uses_the_first_image_for_all(x, weight, bias, stride=1, padding=0):
    """You take x[0] for every image of the batch; image n has its own maps: x[n].

    Written for one image, then wrapped in a loop over n that never uses n on the right side.
    """
    out = _layer(x, weight, stride, padding) + _column(bias)
    return np.repeat(out[:1], len(x), axis=0)


def fills_only_the_first_image(x, weight, bias, stride=1, padding=0):
    """You fill out[0] only; the other images of the batch need their maps as well.

    There is one image in the examples. A return that stands too deep in the loops does it too.
    """
    out = _layer(x, weight, stride, padding) + _column(bias)
    return np.concatenate([out[:1], np.zeros_like(out[1:])])


def returns_only_the_first_image(x, weight, bias, stride=1, padding=0):
    """You return the maps of x[0] only; the output has the N of the input, all images.

    A picture is one picture. The axis for the batch seems to be a formality of size 1.
    """
    return _layer(x[:1], weight, stride, padding) + _column(bias)


def averages_over_the_channels(x, weight, bias, stride=1, padding=0):
    """You average over the channels; the dot product adds them all up.

    Colour to gray is an average, and the output map looks like a gray image.
    """
    return _layer(x, weight, stride, padding) / x.shape[1] + _column(bias)


def rounds_the_size_up(x, weight, bias, stride=1, padding=0):
    """You round the size up when the stride does not fit; here such a layer is a ValueError.

    Some libraries have such a "ceil mode" for pooling: a last window hangs over the edge.
    """
    _refuse_other_depths(x, weight)
    n_rows, n_cols = (
        math.ceil((n_in + 2 * padding - kernel_size) / stride) + 1
        for n_in, kernel_size in zip(x.shape[2:], weight.shape[2:], strict=True)
    )
    padded = np.pad(_pad(x, padding), ((0, 0), (0, 0), (0, stride), (0, stride)))
    return _slide(padded, weight, n_rows, n_cols, (stride, stride)) + _column(bias)


def rounds_the_size_down(x, weight, bias, stride=1, padding=0):
    """You round the size down when the stride does not fit; here such a layer is a ValueError.

    Most libraries do just this and leave the last pixels unseen without a word. The decks call
    the stride illegal, and so does the task.
    """
    _refuse_other_depths(x, weight)
    n_rows, n_cols = (
        (n_in + 2 * padding - kernel_size) // stride + 1
        for n_in, kernel_size in zip(x.shape[2:], weight.shape[2:], strict=True)
    )
    return _slide(_pad(x, padding), weight, n_rows, n_cols, (stride, stride)) + _column(bias)


def trusts_broadcasting_with_the_depth(x, weight, bias, stride=1, padding=0):
    """You do not compare the depths; NumPy stretches a depth of 1 in silence, so check and raise.

    "NumPy will complain" is right for 2 against 3 channels and wrong for 1 against 3.
    """
    n_rows, n_cols = _sizes(x, weight, stride, padding)
    depth = max(x.shape[1], weight.shape[1])
    images = np.broadcast_to(x, (len(x), depth, *x.shape[2:]))
    filters = np.broadcast_to(weight, (len(weight), depth, *weight.shape[2:]))
    return _slide(_pad(images, padding), filters, n_rows, n_cols, (stride, stride)) + _column(bias)


def assumes_square_filters(x, weight, bias, stride=1, padding=0):
    """You use the filter's height for its width as well; weight.shape[3] may be another number.

    Nearly every filter in a published network is square.
    """
    side = weight.shape[2]
    if weight.shape[3] < side:
        raise IndexError("the loop over the filter's columns runs over its end")
    return _layer(x, weight[..., :side], stride, padding) + _column(bias)


def puts_the_channels_last(x, weight, bias, stride=1, padding=0):
    """You give (N, rows, columns, K); here the maps come second: (N, K, rows, columns).

    Keras and picture files keep the channels last, and both layouts hold the same numbers.
    """
    return (_layer(x, weight, stride, padding) + _column(bias)).transpose(0, 2, 3, 1)


def keeps_the_integers_of_the_image(x, weight, bias, stride=1, padding=0):
    """You make the output with the dtype of x; an image of integers then cuts off all fractions.

    np.zeros_like(x) and dtype=x.dtype look tidy. NumPy rounds towards zero without a warning.
    """
    return (_layer(x, weight, stride, padding) + _column(bias)).astype(x.dtype)


def makes_an_integer_output(x, weight, bias, stride=1, padding=0):
    """You make an integer output; it cuts off the fractions.

    The numbers of the decks are whole, and dtype=int prints them without a point.
    """
    return (_layer(x, weight, stride, padding) + _column(bias)).astype(int)


def applies_a_relu(x, weight, bias, stride=1, padding=0):
    """You cut off negative values; the layer gives net inputs, the activation is another layer.

    Decks draw convolution and ReLU as one block.
    """
    return np.maximum(0.0, _layer(x, weight, stride, padding) + _column(bias))
