"""What people believe about shifting before and after a layer."""

import numpy as np

AXES = (2, 3)


def _difference(layer, x, shift):
    return layer(np.roll(x, shift, AXES)) - np.roll(layer(x), shift, AXES)


def _interior(maps, margin):
    rows, cols = maps.shape[2:]
    return maps[:, :, margin : rows - margin, margin : cols - margin]


def forgets_to_shift_the_output(layer, x, shift, margin=0):
    """You compare with the unshifted output; that tests for invariance, equivariance shifts both.

    Invariant: the output stays. Equivariant: the output moves along with the input.
    """
    gap = layer(np.roll(x, shift, AXES)) - layer(x)
    return np.max(np.abs(_interior(gap, margin)))


def shifts_the_output_back(layer, x, shift, margin=0):
    """You shift the output by the opposite amount; input and output move the same way.

    Shifting back the output of the *shifted* image would be right. This shifts the other one.
    """
    backwards = (-shift[0], -shift[1])
    gap = layer(np.roll(x, shift, AXES)) - np.roll(layer(x), backwards, AXES)
    return np.max(np.abs(_interior(gap, margin)))


def swaps_rows_and_columns(layer, x, shift, margin=0):
    """You roll by shift[0] along the columns; the first number of the shift counts rows.

    Read as (x, y), the first number would go to the right.
    """
    swapped = (shift[1], shift[0])
    return np.max(np.abs(_interior(_difference(layer, x, swapped), margin)))


def rolls_the_flattened_array(layer, x, shift, margin=0):
    """You call np.roll without axis; it then rolls the flattened array, across rows and channels.

    np.roll(x, (2, 3)) runs without a complaint, as a roll by 5 through all the numbers.
    """
    gap = layer(np.roll(x, shift)) - np.roll(layer(x), shift)
    return np.max(np.abs(_interior(gap, margin)))


def rolls_channels_and_rows(layer, x, shift, margin=0):
    """You roll axes 1 and 2; in (N, C, rows, columns) the picture lies in the last two axes.

    Counting from 1, or thinking of (C, rows, columns), leads there.
    """
    gap = layer(np.roll(x, shift, (1, 2))) - np.roll(layer(x), shift, (1, 2))
    return np.max(np.abs(_interior(gap, margin)))


def takes_the_mean(layer, x, shift, margin=0):
    """You average the differences; the gap is the largest one, so that no border pixel hides.

    A mean over a large map makes a broken border look small.
    """
    return np.mean(np.abs(_interior(_difference(layer, x, shift), margin)))


def forgets_the_absolute_value(layer, x, shift, margin=0):
    """You take the largest difference with its sign; -7 is as far from 0 as 7 is.

    One thinks of a distance, and forgets that the difference has a sign.
    """
    return np.max(_interior(_difference(layer, x, shift), margin))


def ignores_the_margin(layer, x, shift, margin=0):
    """You leave the border in; `margin` rows and columns on each side are not to be counted.

    With the default margin of 0 there is nothing to cut away.
    """
    return np.max(np.abs(_difference(layer, x, shift)))


def forgets_that_the_margin_can_be_zero(layer, x, shift, margin=0):
    """You cut with [m:-m]; with m = 0 that is [0:0], which is empty: write rows - m as the end.

    -0 is 0, so the slice ends where it starts. The same hole waits in the backward pass of a
    convolution with padding 0.
    """
    gap = _difference(layer, x, shift)[:, :, margin:-margin, margin:-margin]
    return np.max(np.abs(gap))


def cuts_the_margin_on_one_side(layer, x, shift, margin=0):
    """You cut the margin above and to the left only; it goes off all four sides.

    [m:] is short, and the other end is not seen.
    """
    return np.max(np.abs(_difference(layer, x, shift)[:, :, margin:, margin:]))


def cuts_the_margin_by_the_size_of_the_input(layer, x, shift, margin=0):
    """You cut the margin with the input's size; the output may be smaller: take its own size.

    Layers with padding keep the size, so the rows and columns of x seem to be at hand.
    """
    rows, cols = x.shape[2:]
    gap = _difference(layer, x, shift)[:, :, margin : rows - margin, margin : cols - margin]
    return np.max(np.abs(gap))


def cuts_the_margin_before_the_roll(layer, x, shift, margin=0):
    """You cut the margin first and roll then; rolling brings back other places: cut last.

    The interior is all that counts, so it is taken as soon as there is an output.
    """
    layer_first = np.roll(_interior(layer(x), margin), shift, AXES)
    return np.max(np.abs(_interior(layer(np.roll(x, shift, AXES)), margin) - layer_first))


def shifts_both_the_wrong_way(layer, x, shift, margin=0):
    """You shift both up and to the left; a positive shift goes down and to the right.

    x[:, :, d:] begins with row d, so it looks as if d were a shift by d, but up.
    """
    backwards = (-shift[0], -shift[1])
    return np.max(np.abs(_interior(_difference(layer, x, backwards), margin)))


def compares_only_the_first_image(layer, x, shift, margin=0):
    """You compare only the first image; the largest difference may be in another one.

    There is one image in most examples, and [0] gets rid of an axis.
    """
    return np.max(np.abs(_interior(_difference(layer, x, shift), margin)[0]))


def fills_up_with_zeros(layer, x, shift, margin=0):
    """You push zeros in at the border; here what leaves on one side comes back on the other.

    A camera that moves sees something new, not the other end of the picture. But then nothing
    could be compared there.
    """
    gap = layer(_push(x, shift)) - _push(layer(x), shift)
    return np.max(np.abs(_interior(gap, margin)))


def _push(maps, shift):
    moved = np.zeros_like(maps)
    rows, cols = maps.shape[2:]
    for i, j in np.ndindex(rows, cols):
        if 0 <= i - shift[0] < rows and 0 <= j - shift[1] < cols:
            moved[:, :, i, j] = maps[:, :, i - shift[0], j - shift[1]]
    return moved
