"""Unusual and right ways to go through layers."""


def _places(side, kernel_size, stride, padding):
    steps, left = divmod(side + 2 * padding - kernel_size, stride)
    if left or steps < 0:
        raise ValueError("the stride does not fit")
    return steps + 1


def one_layer_and_the_rest(volume, layers):
    """Recursion: the first layer, then the others on what it puts out. Lists in a list."""
    if not layers:
        return []
    filters, kernel_size, stride, padding = layers[0]
    sides = [_places(side, kernel_size, stride, padding) for side in volume[1:]]
    row = [filters, *sides, filters * volume[0] * kernel_size**2 + filters]
    return [row, *one_layer_and_the_rest(row[:3], layers[1:])]


def column_by_column(volume, layers):
    """Makes the columns of the table one after the other and zips them; tuples in a tuple."""
    channels = [volume[0], *(layer[0] for layer in layers)]
    rows, cols = [volume[1]], [volume[2]]
    for _, kernel_size, stride, padding in layers:
        rows.append(_places(rows[-1], kernel_size, stride, padding))
        cols.append(_places(cols[-1], kernel_size, stride, padding))
    parameters = [
        out * (into * layer[1] ** 2 + 1)
        for into, out, layer in zip(channels[:-1], channels[1:], layers, strict=True)
    ]
    return tuple(zip(channels[1:], rows[1:], cols[1:], parameters, strict=True))
