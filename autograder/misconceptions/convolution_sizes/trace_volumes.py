"""What people believe about layers one after the other."""


def _size(n_in, kernel_size, stride, padding):
    way = n_in - kernel_size + 2 * padding
    if way < 0 or way % stride:
        raise ValueError("the stride does not fit")
    return way // stride + 1


def _parameters(channels, filters, kernel_size):
    return filters * (channels * kernel_size**2 + 1)


def counts_with_the_channels_of_the_image(volume, layers):
    """You use the channels of the image in every layer; layer 2 takes in the maps of layer 1.

    The image is the input of the network, and so of all its layers, it seems.
    """
    channels, rows, cols = volume
    table = []
    for filters, kernel, stride, padding in layers:
        rows, cols = (_size(side, kernel, stride, padding) for side in (rows, cols))
        table.append((filters, rows, cols, _parameters(channels, filters, kernel)))
    return table


def lets_every_layer_see_the_image(volume, layers):
    """You begin with the image in every layer; a layer takes in what the one before puts out.

    The loop never replaces what it started from.
    """
    channels, rows, cols = volume
    return [
        (filters, _size(rows, kernel, stride, padding), _size(cols, kernel, stride, padding),
         _parameters(channels, filters, kernel))
        for filters, kernel, stride, padding in layers
    ]


def takes_pictures_for_squares(volume, layers):
    """You compute one side and use it twice; rows and columns may differ.

    In the decks every image is a square.
    """
    channels, rows, cols = volume
    table = []
    for filters, kernel, stride, padding in layers:
        rows = _size(rows, kernel, stride, padding)
        table.append((filters, rows, rows, _parameters(channels, filters, kernel)))
        channels = filters
    return table


def writes_columns_before_rows(volume, layers):
    """You read and write the sides in the order W, H; here rows come first: (C, H, W).

    The decks write width before height.
    """
    channels, rows, cols = volume
    table = []
    for filters, kernel, stride, padding in layers:
        rows, cols = (_size(side, kernel, stride, padding) for side in (rows, cols))
        table.append((filters, cols, rows, _parameters(channels, filters, kernel)))
        channels = filters
    return table


def counts_after_replacing_the_channels(volume, layers):
    """You count the parameters with the channels that go out; a filter reaches through those in.

    The line channels = filters stands one line too early.
    """
    _, rows, cols = volume
    table = []
    for filters, kernel, stride, padding in layers:
        rows, cols = (_size(side, kernel, stride, padding) for side in (rows, cols))
        table.append((filters, rows, cols, _parameters(filters, filters, kernel)))
    return table


def multiplies_the_channels(volume, layers):
    """You give each filter a map per channel; a filter sums over the channels and gives one map.

    Three channels in, ten filters: thirty pictures, one thinks.
    """
    channels, rows, cols = volume
    table = []
    for filters, kernel, stride, padding in layers:
        rows, cols = (_size(side, kernel, stride, padding) for side in (rows, cols))
        parameters = _parameters(channels, filters, kernel)
        channels *= filters
        table.append((channels, rows, cols, parameters))
    return table


def adds_the_parameters_up(volume, layers):
    """You give the parameters of all layers so far; each row has those of its own layer.

    The sum is what one wants in the end.
    """
    channels, rows, cols = volume
    table, total = [], 0
    for filters, kernel, stride, padding in layers:
        rows, cols = (_size(side, kernel, stride, padding) for side in (rows, cols))
        total += _parameters(channels, filters, kernel)
        channels = filters
        table.append((channels, rows, cols, total))
    return table


def tells_the_end_only(volume, layers):
    """You return the last row only; the table has one row for each layer.

    The end is what the next part of the network sees.
    """
    channels, rows, cols = volume
    last = None
    for filters, kernel, stride, padding in layers:
        rows, cols = (_size(side, kernel, stride, padding) for side in (rows, cols))
        last = (filters, rows, cols, _parameters(channels, filters, kernel))
        channels = filters
    return [] if last is None else [last]


def begins_with_the_image(volume, layers):
    """You begin the table with the image; it has one row for each layer, and no other.

    Tables of networks often begin with the input.
    """
    channels, rows, cols = volume
    table = [(channels, rows, cols, 0)]
    for filters, kernel, stride, padding in layers:
        rows, cols = (_size(side, kernel, stride, padding) for side in (rows, cols))
        table.append((filters, rows, cols, _parameters(channels, filters, kernel)))
        channels = filters
    return table


def rounds_down_in_silence(volume, layers):
    """You round down where a stride does not fit; the statement asks for a ValueError there.

    Most libraries do this, and never look at the pixels that are left over.
    """
    channels, rows, cols = volume
    table = []
    for filters, kernel, stride, padding in layers:
        rows, cols = ((side - kernel + 2 * padding) // stride + 1 for side in (rows, cols))
        table.append((filters, rows, cols, _parameters(channels, filters, kernel)))
        channels = filters
    return table


def asks_for_floor(volume, layers):
    """You round down where a stride does not fit; the statement asks for a ValueError there.

    output_size with rounding="floor" still refuses a window that is too large.
    """
    channels, rows, cols = volume
    table = []
    for filters, kernel, stride, padding in layers:
        rows, cols = ((side - kernel + 2 * padding) // stride + 1 for side in (rows, cols))
        if min(rows, cols) < 1:
            raise ValueError("the window is larger than the padded input")
        table.append((filters, rows, cols, _parameters(channels, filters, kernel)))
        channels = filters
    return table


def does_without_stride(volume, layers):
    """You leave the stride out; the third number of a layer belongs into output_size.

    Most layers of the example have stride 1.
    """
    channels, rows, cols = volume
    table = []
    for filters, kernel, _, padding in layers:
        rows, cols = (_size(side, kernel, 1, padding) for side in (rows, cols))
        table.append((filters, rows, cols, _parameters(channels, filters, kernel)))
        channels = filters
    return table
