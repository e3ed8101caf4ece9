"""What people believe about the work of a network."""


def _size(n, F, S, P):
    return (n + 2 * P - F) // S + 1


def _walk(spec, hw, size=_size, conv=lambda here, before, C, K, G, F: here * K * (C // G) * F * F,
          fc=lambda pixels, n_in, n_out: n_in * n_out, pools=True, average=True,
          in_pools=lambda F: 0):
    """conv gets the numbers of pixels after and before the layer."""
    (height, width), total = hw, 0
    for kind, *numbers in spec:
        before = height * width
        if kind == "gap":
            if average:
                height = width = 1
        elif kind == "fc":
            total += fc(before, *numbers)
        elif kind == "conv" or pools:
            F, S, P = numbers[:3]
            height, width = size(height, F, S, P), size(width, F, S, P)
            if kind == "conv":
                C, K, G = numbers[3:]
                total += conv(height * width, before, C, K, G, F)
            else:
                total += height * width * in_pools(F)
    return total


def counts_at_the_places_that_come_in(spec, hw):
    """You multiply by the size of the layer's input; a filter works once for every output place.

    For a layer that keeps the size, both are the same.
    """
    return _walk(spec, hw, conv=lambda here, before, C, K, G, F: before * K * (C // G) * F * F)


def ignores_the_groups(spec, hw):
    """You let every filter see all C channels; in G groups it sees C/G of them.

    With G = 1, as in most layers, there is no difference.
    """
    return _walk(spec, hw, conv=lambda here, before, C, K, G, F: here * K * C * F * F)


def adds_the_biases(spec, hw):
    """You count the biases, too; they are added, and only products are asked for.

    Parameters include biases, and the two counts look alike.
    """
    return _walk(spec, hw, conv=lambda here, before, C, K, G, F: here * K * ((C // G) * F * F + 1),
                 fc=lambda pixels, n_in, n_out: n_in * n_out + n_out)


def counts_products_and_sums(spec, hw):
    """You count products and sums apart; a multiply-add is one product with its sum, so half.

    Papers that say FLOPs often mean twice the number of multiply-adds, and some do not.
    """
    return 2 * _walk(spec, hw)


def forgets_that_pools_shrink(spec, hw):
    """You let the image keep its size in pools; what follows a pool has fewer places.

    A pool has no weights and no products, so its row is easily passed over.
    """
    return _walk(spec, hw, pools=False)


def forgets_the_padding(spec, hw):
    """You compute sizes without the padding; 2P rows and columns are added before the filter runs.

    The formula without P is the one that is learned first.
    """
    return _walk(spec, hw, size=lambda n, F, S, P: (n - F) // S + 1)


def pads_one_side_only(spec, hw):
    """You add P once; there is a border of P pixels on both sides, so 2P in all.

    P is the width of the border, and an image has two ends.
    """
    return _walk(spec, hw, size=lambda n, F, S, P: (n + P - F) // S + 1)


def rounds_sizes_up(spec, hw):
    """You round sizes that do not fit up; here they are rounded down.

    Some libraries do so in pools, and GoogLeNet's paper does.
    """
    return _walk(spec, hw, size=lambda n, F, S, P: -((F - n - 2 * P) // S) + 1)


def takes_images_as_square(spec, hw):
    """You use the height for the width as well; images may be wider than high.

    The published networks all see squares.
    """
    return _walk(spec, (hw[0], hw[0]))


def ignores_the_stride(spec, hw):
    """You let the filter stop at every pixel; with stride S it stops at every S-th.

    Size and stride are two numbers of the same row.
    """
    return _walk(spec, hw, size=lambda n, F, S, P: n + 2 * P - F + 1)


def counts_the_convolutions_only(spec, hw):
    """You leave the linear layers out; each of their weights is one product.

    Beside convolutions they do little work, but not none.
    """
    return _walk(spec, hw, fc=lambda pixels, n_in, n_out: 0)


def keeps_the_size_in_the_average(spec, hw):
    """You let the map keep its size in the global average; what follows sees one pixel.

    "Pooling" sounds like the small windows before.
    """
    return _walk(spec, hw, fc=lambda pixels, n_in, n_out: pixels * n_in * n_out
                 if any(row[0] == "gap" for row in spec) else n_in * n_out, average=False)


def lets_convolutions_keep_the_size(spec, hw):
    """You change the size in pools only; a convolution changes it, too, unless its padding fits.

    In VGG it is so, and in every inception module.
    """
    (height, width), total = hw, 0
    for kind, *numbers in spec:
        if kind == "gap":
            height = width = 1
        elif kind == "fc":
            total += numbers[0] * numbers[1]
        elif kind == "pool":
            F, S, P = numbers
            height, width = _size(height, F, S, P), _size(width, F, S, P)
        else:
            F, _, _, C, K, G = numbers
            total += height * width * K * (C // G) * F * F
    return total


def divides_by_the_stride_in_pools(spec, hw):
    """You divide the size by the stride in pools; their window and padding count as in a layer.

    For the pools of VGG, windows of 2 with stride 2, it is the same.
    """
    (height, width), total = hw, 0
    for kind, *numbers in spec:
        if kind == "gap":
            height = width = 1
        elif kind == "fc":
            total += numbers[0] * numbers[1]
        elif kind == "pool":
            height, width = height // numbers[1], width // numbers[1]
        else:
            F, S, P, C, K, G = numbers
            height, width = _size(height, F, S, P), _size(width, F, S, P)
            total += height * width * K * (C // G) * F * F
    return total


def divides_by_the_stride_always(spec, hw):
    """You divide the size by the stride; the window and the padding count as well.

    With "same" padding and sizes that fit it is right.
    """
    return _walk(spec, hw, size=lambda n, F, S, P: n // S)


def counts_along_one_side(spec, hw):
    """You multiply by the height only; an output has height times width places.

    One formula for the size gives one number, and the other side is forgotten.
    """
    (height, width), total = hw, 0
    for kind, *numbers in spec:
        if kind == "gap":
            height = width = 1
        elif kind == "fc":
            total += numbers[0] * numbers[1]
        else:
            F, S, P, *channels = numbers
            height, width = _size(height, F, S, P), _size(width, F, S, P)
            if kind == "conv":
                C, K, G = channels
                total += height * K * (C // G) * F * F
    return total


def passes_over_the_average(spec, hw):
    """You pass over the global average; behind it a 1 x 1 convolution sees a single pixel.

    It has no numbers in its row, and a linear layer behind it costs the same either way.
    """
    return _walk(spec, hw, average=False)


def counts_weights_once(spec, hw):
    """You count each weight once; a filter's weights are used again at every place.

    For a linear layer it is true: it has one place.
    """
    return _walk(spec, hw, conv=lambda here, before, C, K, G, F: K * (C // G) * F * F)


def uses_linear_layers_at_every_place(spec, hw):
    """You multiply a linear layer by the pixels of the map; its n_in counts all of them already.

    For convolutions the places are a factor. Behind a global average there is one pixel.
    """
    return _walk(spec, hw, fc=lambda pixels, n_in, n_out: pixels * n_in * n_out)


def counts_the_windows_of_pools(spec, hw):
    """You count F F for every place of a pool; it compares or adds, it has no weights.

    Its row begins like that of a convolution.
    """
    return _walk(spec, hw, in_pools=lambda F: F * F)
