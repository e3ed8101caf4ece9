"""What people believe about counting parameters."""


def _sum(spec, conv=lambda F, C, K, G: K * (C // G) * F * F + K,
         fc=lambda n_in, n_out: n_in * n_out + n_out, pool=lambda F: 0):
    total = 0
    for kind, *numbers in spec:
        if kind == "conv":
            F, _, _, C, K, G = numbers
            total += conv(F, C, K, G)
        elif kind == "fc":
            total += fc(*numbers)
        elif kind == "pool":
            total += pool(numbers[0])
    return total


def leaves_the_biases_out(spec):
    """You count weights only; every filter and every linear unit has a bias, too.

    "Weights" is often said for both. Beside millions of weights the biases are few.
    """
    return _sum(spec, lambda F, C, K, G: K * (C // G) * F * F, lambda n_in, n_out: n_in * n_out)


def ignores_the_groups(spec):
    """You let every filter see all C channels; in G groups it sees C/G of them.

    With G = 1, as in most layers, there is no difference.
    """
    return _sum(spec, lambda F, C, K, G: K * C * F * F + K)


def divides_the_filters_by_the_groups_too(spec):
    """You divide C and K by G; then only the weights of one group are counted, and there are G.

    A group is a small layer from C/G to K/G channels. There are G such layers.
    """
    return _sum(spec, lambda F, C, K, G: (K // G) * (C // G) * F * F + K)


def forgets_that_filters_have_a_depth(spec):
    """You count F F weights a filter; a filter is as deep as the channels that it sees.

    Drawings show a filter as a square.
    """
    return _sum(spec, lambda F, C, K, G: K * F * F + K)


def gives_every_channel_a_bias(spec):
    """You count a bias for each channel that comes in; a bias belongs to a filter, so there are K.

    Both are numbers of channels, before and after the layer.
    """
    return _sum(spec, lambda F, C, K, G: K * (C // G) * F * F + C,
                lambda n_in, n_out: n_in * n_out + n_in)


def counts_the_convolutions_only(spec):
    """You leave the linear layers out; in AlexNet and VGG they hold most of the parameters.

    A convolutional network seems to consist of convolutions.
    """
    return _sum(spec, fc=lambda n_in, n_out: 0)


def gives_the_pools_weights(spec):
    """You count F F weights for a pool; a pool learns nothing.

    Its window looks like a filter's.
    """
    return _sum(spec, pool=lambda F: F * F)


def takes_a_side_for_the_window(spec):
    """You count F weights a channel; a window has F rows of F pixels.

    F = 3 is read as "three weights".
    """
    return _sum(spec, lambda F, C, K, G: K * (C // G) * F + K)


def gives_a_layer_one_bias(spec):
    """You count one bias a layer; every filter, and every linear unit, has its own.

    The formula says + b, as if it were a single number.
    """
    return _sum(spec, lambda F, C, K, G: K * (C // G) * F * F + 1,
                lambda n_in, n_out: n_in * n_out + 1)


def gives_linear_layers_a_bias_an_input(spec):
    """You count n_in biases for a linear layer; each of its n_out units has one.

    Both numbers stand in the row, and only one of them belongs to the units.
    """
    return _sum(spec, fc=lambda n_in, n_out: n_in * n_out + n_in)


def counts_the_last_row_only(spec):
    """You start again from 0 at every row; the sum goes on over all of them.

    total = 0 stands inside the loop.
    """
    return _sum(spec[-1:])
