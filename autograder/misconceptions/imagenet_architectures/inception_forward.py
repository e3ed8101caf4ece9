"""What people believe about the inception module."""

import numpy as np


def _ends(x, branches):
    ends = []
    for branch in branches:
        y = x
        for layer in branch:
            y = layer(y)
        ends.append(np.asarray(y))
    return ends


def lays_the_branches_in_a_row(x, branches):
    """You go on where the last branch ended; every branch starts from x again.

    One variable for the volume that is worked on does it.
    """
    ends, y = [], np.asarray(x)
    for branch in branches:
        for layer in branch:
            y = np.asarray(layer(y))
        ends.append(y)
    return np.concatenate(ends, axis=1)


def shows_every_layer_the_input(x, branches):
    """You give x to every layer of a branch; a layer sees what the one before it made.

    With one layer a branch there is no difference.
    """
    ends = []
    for branch in branches:
        y = x
        for layer in branch:
            y = layer(x)
        ends.append(np.asarray(y))
    return np.concatenate(ends, axis=1)


def lays_the_images_in_a_row(x, branches):
    """You join along the images, axis 0; the branches' maps are channels of the same image.

    np.concatenate does that if no axis is named.
    """
    return np.concatenate(_ends(x, branches), axis=0)


def adds_the_branches(x, branches):
    """You add the branches up; their maps are laid one behind the other as channels.

    Residual networks add. Here the widths of branches may differ.
    """
    return sum(_ends(x, branches))


def joins_along_the_width(x, branches):
    """You put the branches side by side in the picture; they become channels, axis 1.

    "Side by side" is how the module is drawn.
    """
    return np.concatenate(_ends(x, branches), axis=-1)


def stacks_on_a_new_axis(x, branches):
    """You make a new axis for the branches; their channels share the one that is there.

    np.stack and np.concatenate are easily taken for each other.
    """
    return np.stack(_ends(x, branches), axis=1)


def runs_the_layers_backwards(x, branches):
    """You run the last layer of a branch first; the first in the list sees x.

    f(g(x)) is written from the outside in.
    """
    return np.concatenate(_ends(x, [list(branch)[::-1] for branch in branches]), axis=1)


def takes_the_first_layers_only(x, branches):
    """You run only the first layer of each branch; all of them run, one after the other.

    A branch then looks like one function.
    """
    return np.concatenate(_ends(x, [branch[:1] for branch in branches]), axis=1)


def leaves_out_branches_without_layers(x, branches):
    """You leave out a branch that has no layer; it passes x on unchanged.

    Nothing to do seems to mean nothing to add.
    """
    return np.concatenate(_ends(x, [branch for branch in branches if len(branch)]), axis=1)


def lays_the_last_branch_first(x, branches):
    """You put the branches together in reverse; the channels of the first branch come first.

    Putting each new one in front of the others does it.
    """
    return np.concatenate(_ends(x, branches)[::-1], axis=1)


def fits_sizes_in_silence(x, branches):
    """You make maps of different sizes fit; here they are an error, and that is a ValueError.

    Filling an array of zeros, NumPy may stretch or cut without a word.
    """
    ends = _ends(x, branches)
    rows, cols = (max(y.shape[axis] for y in ends) for axis in (2, 3))
    merged = np.zeros((len(x), sum(y.shape[1] for y in ends), rows, cols))
    start = 0
    for y in ends:
        merged[:, start : start + y.shape[1], : y.shape[2], : y.shape[3]] = y
        start += y.shape[1]
    return merged


def keeps_what_every_layer_makes(x, branches):
    """You keep the output of every layer; only what leaves the last layer of a branch goes on.

    Appending inside the inner loop does it.
    """
    made = []
    for branch in branches:
        y = x
        for layer in branch:
            y = layer(y)
            made.append(np.asarray(y))
    return np.concatenate(made, axis=1)


def cuts_to_the_smallest_map(x, branches):
    """You cut larger maps to the smallest; maps of different sizes are an error, a ValueError.

    The result has a shape that fits, but its pixels no longer belong together.
    """
    ends = _ends(x, branches)
    rows, cols = (min(y.shape[axis] for y in ends) for axis in (2, 3))
    return np.concatenate([y[:, :, :rows, :cols] for y in ends], axis=1)
