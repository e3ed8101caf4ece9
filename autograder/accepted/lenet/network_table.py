"""Unusual and right ways to tabulate a network."""

import numpy as np


def by_running_it(layers, shape):
    """Runs zeros through every layer and looks at the shape; counts the entries of the weights."""
    x, rows = np.zeros((1, *shape)), []
    for layer in layers:
        name, count = layer[0], 0
        if name == "conv":
            filters, size = layer[1:3]
            padding = layer[3] if len(layer) > 3 else 0
            count = np.zeros((filters, x.shape[1], size, size)).size + filters
            x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
            seen = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
            x = np.zeros((1, filters, *seen.shape[2:4]))
        elif name == "pool":
            if x.shape[2] % layer[1] or x.shape[3] % layer[1]:
                raise ValueError("the windows do not fit")
            x = x[:, :, ::layer[1], ::layer[1]]
        elif name == "flatten":
            x = x.reshape(1, -1)
        elif name == "fc":
            count = np.zeros((layer[1], x.shape[1] + 1)).size
            x = np.zeros((1, layer[1]))
        rows.append([name, list(x.shape[1:]), count])
    return rows


def recursively(layers, shape):
    """The first layer, then the table of the rest; tuples all the way, NumPy numbers as counts."""
    if not layers:
        return ()
    kind, *numbers = layers[0]
    count = np.int64(0)
    if kind in ("conv", "pool"):
        size = numbers[1] if kind == "conv" else numbers[0]
        stride = 1 if kind == "conv" else size
        border = 2 * numbers[2] if len(numbers) == 3 else 0
        places = [divmod(n + border - size, stride) for n in shape[1:]]
        if any(left or many < 0 for many, left in places):
            raise ValueError(f"windows of {size} do not fit {shape}")
        channels = shape[0]
        after = (numbers[0] if kind == "conv" else channels, *(many + 1 for many, _ in places))
        if kind == "conv":
            count = np.int64(numbers[0] + numbers[0] * channels * size**2)
    elif kind == "flatten":
        after = (int(np.prod(shape)),)
    else:
        after = (numbers[0],) if kind == "fc" else tuple(shape)
        count = np.int64(numbers[0] * shape[0] + numbers[0] if kind == "fc" else 0)
    return ((kind, np.array(after), count), *recursively(layers[1:], after))
