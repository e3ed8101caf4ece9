"""What people believe about shapes and counts in a network."""

from math import prod

from course_lib.shapes import output_size


def _walk(layers, shape, conv_count, fc_count, conv_side=None, pooled=None):
    """The table, with its counts and sizes made by the given rules."""
    rows = []
    for name, *numbers in layers:
        before, count = tuple(shape), 0
        if name == "conv":
            filters, size, padding = (*numbers, 0)[:3]
            sides = [(conv_side or _side)(n, size, padding) for n in before[1:]]
            shape = (filters, *sides)
            count = conv_count(filters, size, before, shape)
        elif name == "pool":
            shape = (pooled or _pooled)(before, numbers[0])
        elif name == "flatten":
            shape = (prod(before),)
        elif name == "fc":
            shape = (numbers[0],)
            count = fc_count(before[0], numbers[0])
        rows.append((name, tuple(shape), count))
    return rows


def _side(n, size, padding):
    return output_size(n, size, 1, padding)


def _pooled(shape, size):
    return shape[0], *(output_size(n, size, size) for n in shape[1:])


def _conv(filters, size, before, after):
    return filters * (before[0] * size * size + 1)


def _fc(inputs, outputs):
    return outputs * (inputs + 1)


def forgets_every_bias(layers, shape):
    """You count weights only; every filter and every fully connected neuron has a bias as well.

    Drawings of networks show connections, and a bias is none.
    """
    return _walk(layers, shape, lambda k, f, b, a: k * b[0] * f * f, lambda i, o: i * o)


def forgets_that_filters_have_depth(layers, shape):
    """You count F x F weights for a filter; it reaches through all C channels below.

    Filters are drawn as flat squares.
    """
    return _walk(layers, shape, lambda k, f, b, a: k * (f * f + 1), _fc)


def has_a_bias_at_every_place(layers, shape):
    """You count one bias for each number of the map; all places of a map share one bias.

    Every neuron of an MLP has its own.
    """
    return _walk(layers, shape, lambda k, f, b, a: k * b[0] * f * f + prod(a), _fc)


def shares_no_weights(layers, shape):
    """You count new weights for every place of the map; a convolution uses the same everywhere.

    That is the count of connections, and for an MLP both are the same.
    """
    return _walk(layers, shape, lambda k, f, b, a: prod(a) * (b[0] * f * f + 1), _fc)


def has_one_filter_for_all_maps(layers, shape):
    """You count one filter; there are K of them, one for each map that comes out.

    "The filter of the layer" is often said, and the shape shows no filters.
    """
    return _walk(layers, shape, lambda k, f, b, a: b[0] * f * f + 1, _fc)


def keeps_the_size_in_a_convolution(layers, shape):
    """You leave rows and columns as they are; a filter of F without padding takes F - 1 of each.

    In many modern networks the padding is chosen so that the size stays.
    """
    return _walk(layers, shape, _conv, _fc, conv_side=lambda n, f, p: n)


def pads_on_one_side_only(layers, shape):
    """You add the padding once; there are P rows above and P below, so 2 P.

    "Padding 2" sounds like two more rows.
    """
    return _walk(layers, shape, _conv, _fc, conv_side=lambda n, f, p: _side(n + p, f, 0))


def ignores_the_padding(layers, shape):
    """You leave out the third number of "conv"; it is the padding on all four sides.

    Most convolutions of this lecture have none.
    """
    return _walk(layers, shape, _conv, _fc, conv_side=lambda n, f, p: _side(n, f, 0))


def pools_the_channels_too(layers, shape):
    """You make the channels fewer in a pool; each channel is pooled by itself and stays.

    The volume is seen as a block that shrinks on all sides.
    """
    def pooled(before, size):
        return max(before[0] // size, 1), *_pooled(before, size)[1:]
    return _walk(layers, shape, _conv, _fc, pooled=pooled)


def pools_with_stride_one(layers, shape):
    """You move the pool by one pixel; here a window of F moves by F, so windows lie side by side.

    Convolutions of this lecture move by one.
    """
    return _walk(layers, shape, _conv, _fc,
                 pooled=lambda b, f: (b[0], _side(b[1], f, 0), _side(b[2], f, 0)))


def rounds_where_windows_do_not_fit(layers, shape):
    """You round where windows do not fit; the statement asks for a ValueError there.

    Many libraries round down without a word.
    """
    return _walk(layers, shape, _conv, _fc,
                 conv_side=lambda n, f, p: n + 2 * p - f + 1,
                 pooled=lambda b, f: (b[0], b[1] // f, b[2] // f))


def rounds_where_pools_do_not_fit(layers, shape):
    """You round where a pool does not fit; the statement asks for a ValueError there too.

    `//` halves the rows without a word.
    """
    return _walk(layers, shape, _conv, _fc, pooled=lambda b, f: (b[0], b[1] // f, b[2] // f))


def tells_the_shape_before_the_layer(layers, shape):
    """You give the shape that goes into a layer; asked for is the one that comes out.

    The count of a layer needs the shape before it, so it is at hand.
    """
    rows, before = [], tuple(shape)
    for name, after, count in _walk(layers, shape, _conv, _fc):
        rows.append((name, before, count))
        before = after
    return rows


def lists_only_layers_with_parameters(layers, shape):
    """You leave out the layers without parameters; every layer of the list gets a row.

    "LeNet-5 has five layers" counts those with weights only.
    """
    return [row for row in _walk(layers, shape, _conv, _fc) if row[2]]


def puts_the_channels_last(layers, shape):
    """You put the channels last; here a shape is (channels, rows, columns).

    Decks and Keras write W x H x D.
    """
    rows = _walk(layers, shape, _conv, _fc)
    return [(name, (*after[1:], *after[:1]), count) for name, after, count in rows]


def forgets_the_biases_of_fully_connected_layers(layers, shape):
    """You count a bias for every filter, but none for fully connected neurons; they have one each.

    A matrix is remembered as the whole of such a layer.
    """
    return _walk(layers, shape, _conv, lambda i, o: i * o)


def has_one_bias_for_a_layer(layers, shape):
    """You count one bias for a whole layer; every filter and every neuron has its own.

    Formulas write "+ b" once.
    """
    return _walk(layers, shape, lambda k, f, b, a: k * b[0] * f * f + 1, lambda i, o: i * o + 1)


def has_a_bias_for_every_channel(layers, shape):
    """You count a bias for each channel below a filter; a filter has one, whatever its depth.

    A filter on C channels is seen as C filters.
    """
    return _walk(layers, shape, lambda k, f, b, a: k * b[0] * (f * f + 1), _fc)


def gives_a_number_for_a_shape(layers, shape):
    """You give a bare number behind flatten; a shape is a tuple there too: (400,).

    (400) is a number in Python, and only the comma makes a tuple.
    """
    rows = _walk(layers, shape, _conv, _fc)
    return [(name, after if len(after) > 1 else after[0], count) for name, after, count in rows]


def leaves_out_the_activations(layers, shape):
    """You leave out the activations; every layer of the list gets a row.

    They change no shape and have no parameters, so there seems to be nothing to tell.
    """
    return [row for row in _walk(layers, shape, _conv, _fc) if row[0] != "act"]


def gives_the_inputs_a_bias(layers, shape):
    """You count one bias for each input of a fully connected layer; its neurons have them.

    Weights and biases come in one number for each layer, and the layer is taken for the one below.
    """
    return _walk(layers, shape, _conv, lambda i, o: i * o + i)
