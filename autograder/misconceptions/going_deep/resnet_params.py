"""What people believe about the parameters of a ResNet."""


def _count(blocks, bottleneck, n_classes, width, stem, projection, *, norm=2, bias=0, last=1,
           around=None, shape=None, grows=True, layers=2, extra=0,
           beside=None, out=None):
    """The right count, with places where a belief can put in something else."""
    total = 3 * width * stem**2 + (norm + bias) * width if stem else 0
    C, n_projections = width, 0
    for stage, repeats in enumerate(blocks):
        for place in range(repeats):
            K = 4 * width if bottleneck else width
            if shape is not None:
                rows, K = shape(C, width, bottleneck)
            elif bottleneck:
                rows = [(C, width, 1), (width, width, 3), (width, K, 1)]
            else:
                rows = [(C, K, 3), (K, K, 3)]
            total += sum(n * k * F * F + (norm + bias) * k for n, k, F in rows)
            needed = C != K if around is None else around(stage, place, C, K)
            if projection and needed:
                total += C * K + (norm + bias if beside is None else beside) * K
                n_projections += 1
            C = K if out is None else out(width)
        width *= 2 if grows else 1
    depth = layers + (3 if bottleneck else 2) * sum(blocks) + extra * n_projections
    return depth, total + C * n_classes + last * n_classes


def counts_running_statistics(
    blocks, bottleneck=False, n_classes=1000, width=64, stem=7, projection=True
):
    """You count four numbers a channel for a batch norm; two are learned, two only remembered.

    A file with weights holds all four.
    """
    return _count(blocks, bottleneck, n_classes, width, stem, projection, norm=4)


def forgets_the_norms(
    blocks, bottleneck=False, n_classes=1000, width=64, stem=7, projection=True
):
    """You count convolutions only; behind each stands a batch norm with gamma and beta.

    Normalising sounds like arithmetic without parameters.
    """
    return _count(blocks, bottleneck, n_classes, width, stem, projection, norm=0)


def gives_convolutions_a_bias(
    blocks, bottleneck=False, n_classes=1000, width=64, stem=7, projection=True
):
    """You give the convolutions biases; batch norm takes a mean away, and beta stands for them.

    In the networks of lecture 13 every filter had one.
    """
    return _count(blocks, bottleneck, n_classes, width, stem, projection, bias=1)


def forgets_the_projections(
    blocks, bottleneck=False, n_classes=1000, width=64, stem=7, projection=True
):
    """You leave the projections out; where channels change, a 1 x 1 layer learns the way around.

    "The shortcut has no parameters" holds for all the other blocks.
    """
    return _count(blocks, bottleneck, n_classes, width, stem, False)


def projects_in_every_block(
    blocks, bottleneck=False, n_classes=1000, width=64, stem=7, projection=True
):
    """You give every block a projection; only where the channels change there is one.

    Elsewhere x goes around as it is.
    """
    return _count(blocks, bottleneck, n_classes, width, stem, projection,
                  around=lambda stage, place, C, K: True)


def projects_from_the_second_stage_on(
    blocks, bottleneck=False, n_classes=1000, width=64, stem=7, projection=True
):
    """You let the first stage do without; its first bottleneck already makes four times as many.

    For basic blocks it is so: 64 come in and 64 go out.
    """
    return _count(blocks, bottleneck, n_classes, width, stem, projection,
                  around=lambda stage, place, C, K: stage > 0 and place == 0)


def projects_in_the_first_stage_always(
    blocks, bottleneck=False, n_classes=1000, width=64, stem=7, projection=True
):
    """You give each stage a projection; the first one of basic blocks has none: width stays.

    "The first block of a stage" is nearly right.
    """
    return _count(blocks, bottleneck, n_classes, width, stem, projection,
                  around=lambda stage, place, C, K: place == 0)


def always_projects(
    blocks, bottleneck=False, n_classes=1000, width=64, stem=7, projection=True
):
    """You count projections even where projection is False; then nothing is learned around.

    Something has to make the channels fit. Zeros can.
    """
    return _count(blocks, bottleneck, n_classes, width, stem, True)


def forgets_the_last_bias(
    blocks, bottleneck=False, n_classes=1000, width=64, stem=7, projection=True
):
    """You leave out the bias of the linear layer; it has no batch norm behind it and keeps it.

    The other layers have none.
    """
    return _count(blocks, bottleneck, n_classes, width, stem, projection, last=0)


def forgets_the_stem(
    blocks, bottleneck=False, n_classes=1000, width=64, stem=7, projection=True
):
    """You begin with the first stage; the stem before it is a layer with a norm, too.

    The list of blocks seems to be the network.
    """
    return _count(blocks, bottleneck, n_classes, width, 0, projection, layers=1)


def counts_projections_as_layers(
    blocks, bottleneck=False, n_classes=1000, width=64, stem=7, projection=True
):
    """You count projections as layers; the name counts the longest way, and they lie beside it.

    They do have weights.
    """
    return _count(blocks, bottleneck, n_classes, width, stem, projection, extra=1)


def counts_blocks_as_layers(
    blocks, bottleneck=False, n_classes=1000, width=64, stem=7, projection=True
):
    """You count the blocks; each holds two layers, or three in a bottleneck.

    The table of the paper lists blocks.
    """
    _, total = _count(blocks, bottleneck, n_classes, width, stem, projection)
    return 2 + sum(blocks), total


def forgets_both_ends(
    blocks, bottleneck=False, n_classes=1000, width=64, stem=7, projection=True
):
    """You count the layers in the blocks only; stem and linear layer make two more.

    6 n comes out, and the paper's name says 6 n + 2.
    """
    _, total = _count(blocks, bottleneck, n_classes, width, stem, projection)
    return (3 if bottleneck else 2) * sum(blocks), total


def keeps_the_width(
    blocks, bottleneck=False, n_classes=1000, width=64, stem=7, projection=True
):
    """You keep the width; it doubles from stage to stage.

    VGG's last stages are equally wide.
    """
    return _count(blocks, bottleneck, n_classes, width, stem, projection, grows=False)


def _wide_inside(C, width, bottleneck):
    K = 4 * width if bottleneck else width
    return ([(C, K, 1), (K, K, 3), (K, K, 1)] if bottleneck else [(C, K, 3), (K, K, 3)]), K


def makes_no_bottleneck(
    blocks, bottleneck=False, n_classes=1000, width=64, stem=7, projection=True
):
    """You let all three layers be 4 width wide; the first narrows, and the 3 x 3 stays narrow.

    The output is that wide.
    """
    return _count(blocks, bottleneck, n_classes, width, stem, projection, shape=_wide_inside)


def _narrow_out(C, width, bottleneck):
    return ([(C, width, 1), (width, width, 3), (width, width, 1)] if bottleneck
            else [(C, width, 3), (width, width, 3)]), width


def does_not_widen_again(
    blocks, bottleneck=False, n_classes=1000, width=64, stem=7, projection=True
):
    """You let a bottleneck make width channels; its last layer widens to four times as many.

    A bottle gets narrow and stays so.
    """
    return _count(blocks, bottleneck, n_classes, width, stem, projection, shape=_narrow_out)


def forgets_the_norm_of_projections(
    blocks, bottleneck=False, n_classes=1000, width=64, stem=7, projection=True
):
    """You count a projection as C K weights only; it is a convolution, so a norm follows it, too.

    It lies beside the unit's layers, and is not counted as one.
    """
    return _count(blocks, bottleneck, n_classes, width, stem, projection, beside=0)


def gives_a_bias_in_place_of_norms(
    blocks, bottleneck=False, n_classes=1000, width=64, stem=7, projection=True
):
    """You count one number a filter, a bias; there is none, but a norm with gamma and beta.

    So it was in lecture 13.
    """
    return _count(blocks, bottleneck, n_classes, width, stem, projection, norm=0, bias=1)


def leaves_bottlenecks_with_w_channels(
    blocks, bottleneck=False, n_classes=1000, width=64, stem=7, projection=True
):
    """You let the next layer see w channels; a bottleneck hands on K = 4 w.

    Inside the unit it is w.
    """
    return _count(blocks, bottleneck, n_classes, width, stem, projection, out=lambda w: w)
