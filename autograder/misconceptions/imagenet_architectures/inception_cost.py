"""What people believe about what an inception module costs."""


def _convs(branch):
    return [row[1:] for row in branch if row[0] == "conv"]


def _cost(channels, hw, branches, out=None, weights=None, bias=True, places=None):
    """What comes out, what is learned, what is multiplied; one of them may be a belief."""
    weights = weights or (lambda F, C, K: K * C * F * F)
    convs = [conv for branch in branches for conv in _convs(branch)]
    ends = [_convs(branch)[-1][4] if _convs(branch) else channels for branch in branches]
    pixels = hw[0] * hw[1] if places is None else places(hw)
    learned = sum(weights(F, C, K) + (K if bias else 0) for F, _, _, C, K, _ in convs)
    work = sum(pixels * weights(F, C, K) for F, _, _, C, K, _ in convs)
    return (sum(ends) if out is None else out(ends, convs)), learned, work


def counts_the_bottlenecks_as_outputs(channels, hw, branches):
    """You add up the filters of all convolutions; only the last of a branch goes out.

    The bottleneck's maps are seen by the next layer only.
    """
    return _cost(channels, hw, branches, out=lambda ends, convs: sum(c[4] for c in convs)
                 + sum(channels for branch in branches if not _convs(branch)))


def takes_the_first_convolution_for_the_output(channels, hw, branches):
    """You take the first filters of a branch; what comes out are the last ones'.

    In branches of one convolution it is the same.
    """
    first = [_convs(branch)[0][4] if _convs(branch) else channels for branch in branches]
    return _cost(channels, hw, branches, out=lambda ends, convs: sum(first))


def lets_a_pool_give_nothing(channels, hw, branches):
    """You count no channels for a branch that only pools; it passes on all that came in.

    A pool has no filters, and filters are what was counted.
    """
    silent = sum(channels for branch in branches if not _convs(branch))
    return _cost(channels, hw, branches, out=lambda ends, convs: sum(ends) - silent)


def takes_the_widest_branch(channels, hw, branches):
    """You take the widest branch; all branches go out, one behind the other.

    Adding the maps, as residual networks do, would need equal widths.
    """
    return _cost(channels, hw, branches, out=lambda ends, convs: max(ends))


def leaves_the_biases_out(channels, hw, branches):
    """You count weights only; every filter has a bias, which is a parameter.

    The multiply-adds are counted without biases.
    """
    return _cost(channels, hw, branches, bias=False)


def counts_weights_as_work(channels, hw, branches):
    """You count every weight once in the work; it is used at each of the H W places.

    For one pixel it would be right.
    """
    return _cost(channels, hw, branches, places=lambda hw: 1)


def takes_maps_as_square(channels, hw, branches):
    """You use the height for the width as well; maps may be wider than high.

    GoogLeNet's are squares.
    """
    return _cost(channels, hw, branches, places=lambda hw: hw[0] * hw[0])


def forgets_that_filters_have_a_depth(channels, hw, branches):
    """You count F F weights a filter; a filter is as deep as the channels that it sees.

    Then a bottleneck could not save anything.
    """
    return _cost(channels, hw, branches, weights=lambda F, C, K: K * F * F)


def lets_every_filter_see_the_input(channels, hw, branches):
    """You let every convolution see all the channels of the module; the row says what it sees.

    That is the module without the effect of its bottlenecks.
    """
    return _cost(channels, hw, branches, weights=lambda F, C, K: K * channels * F * F)


def counts_products_and_sums(channels, hw, branches):
    """You count products and sums apart; a multiply-add is one product with its sum.

    Papers that say FLOPs often mean twice the number of multiply-adds.
    """
    out, learned, work = _cost(channels, hw, branches)
    return out, learned, 2 * work


def adds_up_all_filters(channels, hw, branches):
    """You add up the filters of all rows; of each branch only the last convolution's go out.

    Then a branch of pools gives nothing, too: it passes on all that came in.
    """
    return _cost(channels, hw, branches, out=lambda ends, convs: sum(c[4] for c in convs))


def takes_a_last_pool_for_the_input(channels, hw, branches):
    """You let a last pool pass on the module's input; it passes on what the layer before made.

    In GoogLeNet a pool is the first of its branch.
    """
    ends = [row[-1][5] if row[-1][0] == "conv" else channels for row in branches]
    return _cost(channels, hw, branches, out=lambda _, convs: sum(ends))
