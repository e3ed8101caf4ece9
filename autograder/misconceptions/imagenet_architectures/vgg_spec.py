"""What people believe about the plan of VGG."""


def _plan(stages, side=224, n_classes=1000, hidden=4096, *, padding=1, last_pool=True,
          pool_each=False, seen=lambda before, width: width, halve=lambda n: n // 2,
          flat=lambda channels, side, start: channels * side * side, middle=True):
    rows, channels, start = [], 3, side
    for place, (repeats, width) in enumerate(stages):
        arrived = channels
        for _ in range(repeats):
            rows.append(("conv", 3, 1, padding, channels, width, 1))
            channels = seen(arrived, width)
            if pool_each:
                rows.append(("pool", 2, 2, 0))
                side = halve(side)
        channels = width
        if not pool_each:
            if last_pool or place < len(stages) - 1:
                rows.append(("pool", 2, 2, 0))
            side = halve(side)
    rows.append(("fc", flat(channels, side, start), hidden))
    if middle:
        rows.append(("fc", hidden, hidden))
    return [*rows, ("fc", hidden, n_classes)]


def shows_a_whole_stage_the_same_channels(stages, side=224, n_classes=1000, hidden=4096):
    """You let all convolutions of a stage see the channels before it; the second sees the first's.

    The widths change from stage to stage, so the change seems to belong to the stage.
    """
    return _plan(stages, side, n_classes, hidden, seen=lambda before, width: before)


def starts_with_the_first_width(stages, side=224, n_classes=1000, hidden=4096):
    """You let the first convolution see K channels; an image has 3: red, green and blue.

    Inside a stage C = K, and the first row is the exception.
    """
    rows = _plan(stages, side, n_classes, hidden)
    first = stages[0][1]
    return [("conv", 3, 1, 1, first, first, 1), *rows[1:]]


def pools_after_every_convolution(stages, side=224, n_classes=1000, hidden=4096):
    """You put a pool behind every convolution; there is one at the end of each stage.

    In LeNet-5 they alternate.
    """
    return _plan(stages, side, n_classes, hidden, pool_each=True)


def leaves_the_last_pool_out(stages, side=224, n_classes=1000, hidden=4096):
    """You put pools between the stages; there is one behind the last stage, too.

    "Between" has one pool less than there are stages.
    """
    return _plan(stages, side, n_classes, hidden, last_pool=False)


def pads_nothing(stages, side=224, n_classes=1000, hidden=4096):
    """You leave the padding at 0; VGG pads by 1, so that only pools change the size.

    The padding does not change any number of parameters, so nobody misses it there.
    """
    return _plan(stages, side, n_classes, hidden, padding=0)


def flattens_the_image_as_it_came(stages, side=224, n_classes=1000, hidden=4096):
    """You flatten maps of the first size; every stage has halved it.

    The argument is called side, and it is the image's.
    """
    return _plan(stages, side, n_classes, hidden,
                 flat=lambda channels, side, start: channels * start * start)


def flattens_one_map(stages, side=224, n_classes=1000, hidden=4096):
    """You give the linear layer one map; it sees the pixels of all channels.

    7 x 7 is what is left of the picture.
    """
    return _plan(stages, side, n_classes, hidden, flat=lambda channels, side, start: side * side)


def flattens_one_row(stages, side=224, n_classes=1000, hidden=4096):
    """You count the side once; a map has as many rows as columns, side times side pixels.

    One number stands for the size, so one factor does.
    """
    return _plan(stages, side, n_classes, hidden,
                 flat=lambda channels, side, start: channels * side)


def leaves_the_middle_linear_layer_out(stages, side=224, n_classes=1000, hidden=4096):
    """You end with two linear layers; VGG has three, the middle one from hidden to hidden.

    Its in and out are the same, so it seems to do nothing.
    """
    return _plan(stages, side, n_classes, hidden, middle=False)


def rounds_odd_sides_up(stages, side=224, n_classes=1000, hidden=4096):
    """You round half of an odd side up; a window of 2 with stride 2 leaves the last pixel out.

    For 224 pixels every half is whole.
    """
    return _plan(stages, side, n_classes, hidden, halve=lambda n: (n + 1) // 2)


def halves_odd_sides_exactly(stages, side=224, n_classes=1000, hidden=4096):
    """You divide odd sides by 2 exactly; there are no half pixels, the half is rounded down.

    side / 2 is 5.5 for 11, and for 224 nobody notices.
    """
    return _plan(stages, side, n_classes, hidden, halve=lambda n: n / 2)


def ends_with_a_thousand_always(stages, side=224, n_classes=1000, hidden=4096):
    """You write 4096 and 1000 into the last rows; they are arguments, hidden and n_classes.

    They are the numbers of the paper.
    """
    return _plan(stages, side)


def takes_the_last_maps_for_7_by_7(stages, side=224, n_classes=1000, hidden=4096):
    """You give the first linear layer 7 x 7 pixels a map; how many are left follows from side.

    For 224 pixels and five stages it is 7.
    """
    return _plan(stages, side, n_classes, hidden,
                 flat=lambda channels, side, start: channels * 7 * 7)


def divides_the_side_once(stages, side=224, n_classes=1000, hidden=4096):
    """You divide by 2 times the number of stages; halving n times divides by 2 to the power n.

    For one or two stages it is the same.
    """
    return _plan(stages, side, n_classes, hidden,
                 flat=lambda channels, side, start: channels * (start // (2 * len(stages))) ** 2)


def flattens_one_pixel(stages, side=224, n_classes=1000, hidden=4096):
    """You give the linear layer one number a channel; it sees side times side pixels of each.

    Behind a global average that would be right.
    """
    return _plan(stages, side, n_classes, hidden, flat=lambda channels, side, start: channels)
