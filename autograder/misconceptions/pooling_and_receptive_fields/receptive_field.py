"""What people believe about receptive fields."""


def _walk(layers, grow=None, move=None, stride=None):
    """(size, jump, start), each by its own rule of (F, S, P, size, jump)."""
    size, jump, start = 1, 1, 0
    for F, S, P in layers:
        more = grow(F, S, P, size, jump) if grow else (F - 1) * jump
        back = move(F, S, P, size, jump) if move else P * jump
        size, start, jump = size + more, start - back, stride(jump, S) if stride else jump * S
    return size, jump, start


def adds_whole_windows(layers):
    """You add F for every layer; neighbours overlap, so a layer adds F - 1.

    Three windows of three look like nine.
    """
    return _walk(layers, lambda F, S, P, size, jump: F * jump)


def multiplies_the_windows(layers):
    """You multiply the sizes of the windows; they add up, because neighbours overlap.

    Each of the F numbers sees F pixels, and that they see the same ones is overlooked.
    """
    return _walk(layers, lambda F, S, P, size, jump: size * (F - 1))


def ignores_the_strides(layers):
    """You add F - 1 pixels for every layer; behind strides a step is several pixels wide.

    With stride 1 everywhere it is right, as in the example with 3 x 3.
    """
    return _walk(layers, lambda F, S, P, size, jump: F - 1)


def takes_the_stride_too_early(layers):
    """You use the jump with this layer's own stride in it; F - 1 counts steps of its input.

    One line before or after the other looks the same.
    """
    return _walk(layers, lambda F, S, P, size, jump: (F - 1) * jump * S)


def multiplies_the_jump_first(layers):
    """You multiply the jump first; size and start need the jump from before this layer.

    The result names the jump before the start, and a loop is written in the order of its result.
    """
    return _walk(layers, lambda F, S, P, size, jump: (F - 1) * jump * S,
                 lambda F, S, P, size, jump: P * jump * S)


def multiplies_by_its_own_stride_only(layers):
    """You multiply F - 1 by the layer's own stride; it is the strides of the layers before it.

    F and S of a layer stand side by side.
    """
    return _walk(layers, lambda F, S, P, size, jump: (F - 1) * S)


def adds_the_strides(layers):
    """You add up the strides; they multiply, as a step of a step.

    The sizes add up, so the jumps seem to as well.
    """
    return _walk(layers, stride=lambda jump, S: jump + S - 1)


def keeps_the_last_stride_as_jump(layers):
    """You return the stride of the last layer as the jump; it is the product of all strides.

    Between neighbours of the last layer lies one stride, but not in pixels of the image.
    """
    size, _, start = _walk(layers)
    return size, layers[-1][1] if layers else 1, start


def forgets_all_strides_but_the_last(layers):
    """You set the jump to the stride of the layer; every layer multiplies it by its stride.

    jump = S looks like jump *= S, and is right in the first layer.
    """
    return _walk(layers, stride=lambda jump, S: S)


def returns_start_before_jump(layers):
    """You return (size, start, jump); asked for is (size, jump, start).

    The table has the jump last, as it changes last.
    """
    size, jump, start = _walk(layers)
    return size, start, jump


def starts_at_minus_the_padding(layers):
    """You add up the paddings as they are; behind strides a padded number is several pixels wide.

    In the first layer the jump is 1.
    """
    return _walk(layers, move=lambda F, S, P, size, jump: P)


def forgets_the_minus_of_the_start(layers):
    """You let padding move the first field to the right; it begins P jumps earlier.

    Padding adds pixels, so the sign looks positive.
    """
    size, jump, start = _walk(layers)
    return size, jump, -start


def ignores_the_padding(layers):
    """You leave the start at 0; padding lets the first window begin outside the image.

    Padding changes neither size nor jump.
    """
    return (*_walk(layers)[:2], 0)


def widens_by_the_padding(layers):
    """You add the padding to the size; a window covers F numbers, whether padded or not.

    Padding does make the result larger, but not what one number of it sees.
    """
    return _walk(layers, lambda F, S, P, size, jump: (F - 1 + 2 * P) * jump)


def begins_with_the_last_layer(layers):
    """You begin with the last layer; this rule counts from the image on, its first layer first.

    There is a rule that goes the other way, (size - 1) S + F, without a jump.
    """
    return _walk(layers[::-1])


def returns_the_middle_as_start(layers):
    """You return the middle of the first field; its first pixel is asked for.

    Other texts give the centre.
    """
    size, jump, start = _walk(layers)
    return size, jump, start + (size - 1) / 2
