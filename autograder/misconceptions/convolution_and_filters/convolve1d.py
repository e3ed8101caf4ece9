"""Wrong ways to slide a kernel along a row of numbers."""

import numpy as np


def _slid(x, kernel, before, behind):
    padded = np.concatenate([np.zeros(before), x, np.zeros(behind)])
    places = len(padded) - len(kernel) + 1
    return np.array([np.sum(padded[t : t + len(kernel)] * kernel) for t in range(places)])


def _border(size, mode):
    return {"valid": (0, 0), "same": (size // 2, (size - 1) // 2), "full": (size - 1, size - 1)}[
        mode
    ]


def _right(x, kernel, mode, flip):
    return _slid(x, kernel[::-1] if flip else kernel, *_border(len(kernel), mode))


def never_flips(x, kernel, mode="valid", flip=True):
    """You slide the kernel as it is written; with flip=True it is turned round first.

    The box filter is its own mirror image, and most worked numbers of the decks are correlations.
    """
    return _right(x, kernel, mode, False)


def always_flips(x, kernel, mode="valid", flip=True):
    """You turn the kernel round in every case; with flip=False it stays as it is.

    Convolution flips, and the argument that switches it off is easily never used.
    """
    return _right(x, kernel, mode, True)


def flips_when_told_not_to(x, kernel, mode="valid", flip=True):
    """You turn the kernel exactly when flip is False; it is the other way round.

    "The kernel is flipped already" and "flip the kernel" sound alike.
    """
    return _right(x, kernel, mode, not flip)


def flips_x_and_forgets_to_turn_back(x, kernel, mode="valid", flip=True):
    """You turn x round, not the kernel; the result then runs from right to left.

    f(tau) g(t - tau) and f(t - tau) g(tau) give the same sums, so either may be reflected.
    """
    return _right(x[::-1], kernel, mode, False) if flip else _right(x, kernel, mode, False)


def flips_both(x, kernel, mode="valid", flip=True):
    """You turn both x and the kernel round; that slides from right to left.

    With two things to slide past each other, turning both seems fair.
    """
    return _right(x[::-1], kernel, mode, True) if flip else _right(x, kernel, mode, False)


def knows_one_mode_only(x, kernel, mode="valid", flip=True):
    """You compute "valid" whatever the mode; "same" and "full" put zeros beside x.

    The default is easily taken for the only case.
    """
    if len(kernel) > len(x):
        raise ValueError("the kernel does not fit")
    return _right(x, kernel, "valid", flip)


def always_keeps_the_length(x, kernel, mode="valid", flip=True):
    """You always return as many numbers as x has; that is "same" only.

    A filtered signal ought to be as long as the signal.
    """
    return _right(x, kernel, "same", flip)


def takes_full_for_same(x, kernel, mode="valid", flip=True):
    """You pad as for "full" in the mode "same" too; "same" keeps as many numbers as x has.

    Both have zeros beside x, and only the number of zeros differs.
    """
    return _right(x, kernel, "full" if mode == "same" else mode, flip)


def pads_even_kernels_behind(x, kernel, mode="valid", flip=True):
    """You put the extra zero of an even kernel behind x; "same" has F // 2 zeros before it.

    An even kernel has no middle, and the other half seems as good. Libraries disagree about it.
    """
    before, behind = _border(len(kernel), mode)
    return _slid(x, kernel[::-1] if flip else kernel, behind, before)


def pads_even_kernels_twice(x, kernel, mode="valid", flip=True):
    """You put F // 2 zeros on both sides; for an even kernel the result is one too long.

    "Half the kernel on each side" is right for odd kernels.
    """
    before, behind = _border(len(kernel), mode)
    behind = before if mode == "same" else behind
    return _slid(x, kernel[::-1] if flip else kernel, before, behind)


def same_is_the_beginning_of_full(x, kernel, mode="valid", flip=True):
    """You keep the first n numbers of "full" for "same"; it is the n in the middle.

    Cutting the end off is the shortest way back to the length of x.
    """
    y = _right(x, kernel, "full" if mode == "same" else mode, flip)
    return y[: len(x)] if mode == "same" else y


def full_pads_a_whole_kernel(x, kernel, mode="valid", flip=True):
    """You put F zeros on each side for "full"; F - 1 are enough to touch x with one number.

    At the first place one number of the kernel lies on x already.
    """
    more = len(kernel) if mode == "full" else 0
    before, behind = _border(len(kernel), mode)
    return _slid(x, kernel[::-1] if flip else kernel, max(before, more), max(behind, more))


def repeats_the_ends(x, kernel, mode="valid", flip=True):
    """You go on with the last number beyond the ends; here there are zeros.

    A signal that drops to 0 looks wrong, so clamping seems the better border.
    """
    before, behind = _border(len(kernel), mode)
    padded = np.concatenate([np.full(before, x[0]), x, np.full(behind, x[-1])])
    return _slid(padded, kernel[::-1] if flip else kernel, 0, 0)


def stops_one_place_early(x, kernel, mode="valid", flip=True):
    """You miss the last place; a row of n numbers has n - F + 1 places, not n - F.

    From n down to F is n - F steps, but the place before the first step counts too.
    """
    return _right(x, kernel, mode, flip)[:-1]


def cuts_off_the_fractions(x, kernel, mode="valid", flip=True):
    """You store the results as whole numbers when x holds whole numbers; fractions are lost.

    np.zeros_like(x) takes over the type of x and rounds towards zero without a warning.
    """
    y = _right(x, kernel, mode, flip)
    return y.astype(np.asarray(x).dtype)


def divides_by_the_sum(x, kernel, mode="valid", flip=True):
    """You divide by the sum of the kernel; the kernel is used as it is.

    A box filter is a mean, and a mean divides. The thirds are in its kernel already.
    """
    return _right(x, kernel, mode, flip) / (np.sum(kernel) or 1.0)


def counts_from_t_0_of_the_formula(x, kernel, mode="valid", flip=True):
    """You start at t = 0 of the formula; the first result is the first window of the longer row.

    With t - s the kernel hangs over to the left at t = 0, and only one number of it lies on x.
    """
    padded = np.concatenate([x, np.zeros(len(kernel))])
    if flip:
        padded = np.concatenate([np.zeros(len(kernel) - 1), padded])
    count = len(_right(x, kernel, mode, flip))
    results = _slid(np.concatenate([padded, np.zeros(count)]), kernel[::-1] if flip else kernel,
                    0, 0)
    return results[:count]


def reads_before_the_start(x, kernel, mode="valid", flip=True):
    """You read x[t - s] below place 0, which Python takes from the end; it lies beside x.

    The formula is copied literally, and a negative index raises no error.
    """
    count = len(_right(x, kernel, mode, flip))
    sums = []
    for t in range(count):
        places = [t - s if flip else t + s for s in range(len(kernel))]
        sums.append(sum(x[q] * k for q, k in zip(places, kernel, strict=True) if q < len(x)))
    return np.array(sums)


def reads_before_the_longer_row(x, kernel, mode="valid", flip=True):
    """You put zeros beside x and then read place i - s of the longer row; windows start at i.

    For i < s the index is negative, and Python counts it from the end.
    """
    if not flip:
        return _right(x, kernel, mode, flip)
    before, behind = _border(len(kernel), mode)
    padded = np.concatenate([np.zeros(before), x, np.zeros(behind)])
    count = len(padded) - len(kernel) + 1
    return np.array([sum(padded[i - s] * kernel[s] for s in range(len(kernel)))
                     for i in range(count)])


def full_has_zeros_in_front_only(x, kernel, mode="valid", flip=True):
    """You put the zeros of "full" in front of x only; there are F - 1 behind it as well.

    The sums with t - s reach below place 0; that they reach beyond the end is easily missed.
    """
    before, behind = _border(len(kernel), mode)
    used = kernel[::-1] if flip else kernel
    return _slid(x, used, before, 0 if mode == "full" else behind)
