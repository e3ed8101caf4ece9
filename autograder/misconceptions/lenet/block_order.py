"""What people believe about the pattern of a CNN."""


def _pattern(block, m, k, tail=("FC",)):
    return ["INPUT", *block * m, *["FC", "RELU"] * k, *tail]


def _expect(n, m, k):
    if min(n, m, k) < 0:
        raise ValueError("numbers are 0 or more")


def pools_after_every_convolution(n, m, k, pool):
    """You put a POOL after every CONV; it stands after all N of a block.

    With N = 1, as in LeNet, both are the same.
    """
    _expect(n, m, k)
    return _pattern((["CONV", "RELU"] + ["POOL"] * pool) * n, m, k)


def pools_once_behind_all_blocks(n, m, k, pool):
    """You put one POOL behind all blocks; it stands inside the outer brackets, so M times.

    Where the brackets end is easy to misread.
    """
    _expect(n, m, k)
    return ["INPUT", *["CONV", "RELU"] * n * m, *["POOL"] * pool, *["FC", "RELU"] * k, "FC"]


def pools_always(n, m, k, pool):
    """You pool whatever `pool` says; the question mark means that POOL may be left out.

    Most drawings of CNNs show pools.
    """
    _expect(n, m, k)
    return _pattern(["CONV", "RELU"] * n + ["POOL"], m, k)


def activates_once_a_block(n, m, k, pool):
    """You put one RELU behind the N convolutions; each convolution has its own.

    The brackets around CONV -> RELU are overlooked. Without a RELU two convolutions are one.
    """
    _expect(n, m, k)
    return _pattern(["CONV"] * n + ["RELU"] * (n > 0) + ["POOL"] * pool, m, k)


def activates_behind_the_pool(n, m, k, pool):
    """You put the RELU behind the POOL; in this pattern it stands behind its CONV.

    Wuppertal and Bonn draw blocks in that order, with one convolution each.
    """
    _expect(n, m, k)
    last = ["CONV", *["POOL"] * pool, "RELU"] if n else ["POOL"] * pool
    return _pattern(["CONV", "RELU"] * (n - 1) + last, m, k)


def counts_the_last_layer_among_k(n, m, k, pool):
    """You make K fully connected layers in all; the last FC comes on top of the K hidden ones.

    "K fully connected layers" sounds like all of them.
    """
    _expect(n, m, k)
    block = ["CONV", "RELU"] * n + ["POOL"] * pool
    return _pattern(block, m, max(k - 1, 0))


def activates_the_scores(n, m, k, pool):
    """You put a RELU behind the last FC; the scores go to the softmax as they are.

    Every other layer has one, and a ReLU would throw away all scores below 0.
    """
    _expect(n, m, k)
    return _pattern(["CONV", "RELU"] * n + ["POOL"] * pool, m, k, ("FC", "RELU"))


def leaves_hidden_layers_linear(n, m, k, pool):
    """You leave out the RELU between the FC layers; without it they are a single one.

    The brackets around FC -> RELU look like those of the convolutions, and are forgotten.
    """
    _expect(n, m, k)
    return ["INPUT", *(["CONV", "RELU"] * n + ["POOL"] * pool) * m, *["FC"] * k, "FC"]


def swaps_n_and_m(n, m, k, pool):
    """You take N for the number of blocks; N counts the CONV in a block, M the blocks.

    One reads from the left, and the inner number comes first.
    """
    _expect(n, m, k)
    return _pattern(["CONV", "RELU"] * m + ["POOL"] * pool, n, k)


def begins_every_block_with_input(n, m, k, pool):
    """You repeat INPUT in every block; it stands once, in front of the brackets.

    Every block has an input, after all.
    """
    _expect(n, m, k)
    block = ["INPUT", *["CONV", "RELU"] * n, *["POOL"] * pool]
    return [*(block * m or ["INPUT"]), *["FC", "RELU"] * k, "FC"]


def begins_behind_the_input(n, m, k, pool):
    """You leave INPUT out; the pattern begins with it, so the list does too.

    It is no layer that computes anything.
    """
    _expect(n, m, k)
    return _pattern(["CONV", "RELU"] * n + ["POOL"] * pool, m, k)[1:]


def takes_less_than_nothing_for_nothing(n, m, k, pool):
    """You treat a number below 0 like 0; the statement asks for a ValueError.

    A list times -1 is an empty list in Python, so nothing complains.
    """
    return _pattern(["CONV", "RELU"] * n + ["POOL"] * pool, m, k)


def writes_out_flatten(n, m, k, pool):
    """You write a word for flattening; the pattern has five words, and flattening goes unsaid.

    In code there is a layer for it.
    """
    _expect(n, m, k)
    block = ["CONV", "RELU"] * n + ["POOL"] * pool
    return ["INPUT", *block * m, "FLATTEN", *["FC", "RELU"] * k, "FC"]
