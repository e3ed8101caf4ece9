"""What people believe about weights and multiply-adds."""


def _weights(convs):
    return [k * (c // g) * f_h * f_w for c, k, f_h, f_w, g in convs]


def ignores_the_groups(convs, rows, cols):
    """You let every filter see all C channels; with G groups it sees C / G of them.

    An argument that is never used raises no error.
    """
    total = sum(c * k * f_h * f_w for c, k, f_h, f_w, _ in convs)
    return total, total * rows * cols


def divides_by_the_groups_twice(convs, rows, cols):
    """You divide both C and K by G; all K filters exist, each with C / G channels.

    Channels and filters are both cut into groups. But there are G of these groups.
    """
    total = sum((k // g) * (c // g) * f_h * f_w for c, k, f_h, f_w, g in convs)
    return total, total * rows * cols


def adds_the_biases(convs, rows, cols):
    """You count a bias for every filter; here only weights count.

    Parameters are weights and biases, and both counts are in use.
    """
    total = sum(weights + conv[1] for weights, conv in zip(_weights(convs), convs, strict=True))
    return total, total * rows * cols


def counts_the_biases_as_weights_only(convs, rows, cols):
    """You add biases to the weights; here both numbers leave them out.

    The second number is right: a bias needs no multiplication.
    """
    total = sum(_weights(convs))
    return total + sum(conv[1] for conv in convs), total * rows * cols


def counts_two_operations(convs, rows, cols):
    """You count a multiplication and an addition as two; together they are one multiply-add.

    Many papers count "FLOPs" that way.
    """
    total = sum(_weights(convs))
    return total, 2 * total * rows * cols


def forgets_the_places(convs, rows, cols):
    """You give the weights twice; each of them is used at every place of the map.

    In a dense layer every weight is used once, and the two numbers are the same.
    """
    total = sum(_weights(convs))
    return total, total


def takes_filters_for_squares(convs, rows, cols):
    """You square the height of the filter; it has F_h rows and F_w columns.

    F times F stands in most formulas.
    """
    total = sum(k * (c // g) * f_h**2 for c, k, f_h, _, g in convs)
    return total, total * rows * cols


def counts_the_last_one_only(convs, rows, cols):
    """You count one of the convolutions; they follow one another, and all of them cost.

    A loop that assigns where it should add keeps the last one.
    """
    total = _weights(convs)[-1]
    return total, total * rows * cols


def multiplies_the_convolutions(convs, rows, cols):
    """You multiply the costs of convolutions that follow one another; they add up.

    One after another sounds like a product, as chances do.
    """
    total = 1
    for weights in _weights(convs):
        total *= weights
    return total, total * rows * cols


def forgets_the_channels(convs, rows, cols):
    """You count one flat filter for each map; it reaches through C / G channels.

    Drawings show filters as flat squares.
    """
    total = sum(k * f_h * f_w for _, k, f_h, f_w, _ in convs)
    return total, total * rows * cols
