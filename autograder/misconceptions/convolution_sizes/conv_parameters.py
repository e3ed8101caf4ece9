"""What people believe about the parameters of a layer."""

from math import prod


def _sides(kernel_size):
    return (kernel_size, kernel_size) if isinstance(kernel_size, int) else tuple(kernel_size)


def _copies(places):
    return prod(places) if places else 1


def forgets_the_biases(channels, filters, kernel_size, bias=True, places=None):
    """You count the weights only; each filter has a bias too, unless bias is False.

    Decks say "weights" and mean both, or the other way round.
    """
    return filters * channels * prod(_sides(kernel_size)) * _copies(places)


def has_one_bias_for_the_layer(channels, filters, kernel_size, bias=True, places=None):
    """You count one bias for the whole layer; each filter has its own.

    The formula b + sum(...) shows one b.
    """
    return (filters * channels * prod(_sides(kernel_size)) + bool(bias)) * _copies(places)


def has_a_bias_for_each_channel(channels, filters, kernel_size, bias=True, places=None):
    """You count a bias for every slice of a filter; the slices are summed and share one.

    One computes slice by slice, and each looks like a filter with a bias of its own.
    """
    return filters * channels * (prod(_sides(kernel_size)) + bool(bias)) * _copies(places)


def forgets_the_depth(channels, filters, kernel_size, bias=True, places=None):
    """You leave out the channels; a filter reaches through all of them.

    One says "a 5 x 5 filter" and leaves the depth unsaid.
    """
    return filters * (prod(_sides(kernel_size)) + bool(bias)) * _copies(places)


def counts_one_filter(channels, filters, kernel_size, bias=True, places=None):
    """You count one filter; the layer has K of them.

    76 is the number on the slide, and the last step is easily forgotten.
    """
    return (channels * prod(_sides(kernel_size)) + bool(bias)) * _copies(places)


def shares_in_any_case(channels, filters, kernel_size, bias=True, places=None):
    """You share the weights even if places is given; then each place has its own.

    A layer that does not share is rare.
    """
    return filters * (channels * prod(_sides(kernel_size)) + bool(bias))


def shares_the_biases_in_any_case(channels, filters, kernel_size, bias=True, places=None):
    """You give each place weights of its own, but share the biases; these are its own as well.

    RWTH's (5*5 + 1) * (28*28) * 6 has the 1 inside the bracket.
    """
    weights = filters * channels * prod(_sides(kernel_size)) * _copies(places)
    return weights + (filters if bias else 0)


def always_counts_biases(channels, filters, kernel_size, bias=True, places=None):
    """You count biases even if bias is False; then there are none.

    Nearly all layers have them.
    """
    return filters * (channels * prod(_sides(kernel_size)) + 1) * _copies(places)


def takes_filters_for_squares(channels, filters, kernel_size, bias=True, places=None):
    """You square the rows of the filter; a pair gives rows and columns, which may differ.

    The decks write F * F throughout.
    """
    rows = _sides(kernel_size)[0]
    return filters * (channels * rows**2 + bool(bias)) * _copies(places)


def takes_the_output_for_a_square(channels, filters, kernel_size, bias=True, places=None):
    """You square the rows of the output; it has rows and columns, which may differ.

    The decks write 28 * 28, and their images are squares.
    """
    copies = places[0] ** 2 if places else 1
    return filters * (channels * prod(_sides(kernel_size)) + bool(bias)) * copies


def counts_one_filter_at_each_place(channels, filters, kernel_size, bias=True, places=None):
    """You count one filter at each place; there are K of them at each.

    The number of places seems to replace the number of filters.
    """
    one = channels * prod(_sides(kernel_size)) + bool(bias)
    return one * (_copies(places) if places else filters)
