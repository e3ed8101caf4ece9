"""What people believe about shifting images and reading them."""

import numpy as np


def _moved(x, down, right):
    height, width = x.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (abs(down),) * 2, (abs(right),) * 2))
    top, left = abs(down) - down, abs(right) - right
    return padded[:, :, top:top + height, left:left + width]


def _guesses(predict, x):
    return predict(x).argmax(axis=1)


def lets_pixels_wrap_around(predict, x, y, shifts):
    """You use np.roll: what falls out at one side comes in at the other; zeros belong there.

    It is one word, and with an empty border of the image it does the same.
    """
    return [np.mean(_guesses(predict, np.roll(x, shift, axis=(2, 3))) == y) for shift in shifts]


def shifts_the_other_way(predict, x, y, shifts):
    """You shift up and left for positive numbers; they mean down and right.

    x[2:] begins two rows further down, and so its image has moved up.
    """
    return [np.mean(_guesses(predict, _moved(x, -a, -b)) == y) for a, b in shifts]


def takes_columns_for_rows(predict, x, y, shifts):
    """You take the first number for columns; it is the rows, as in every index here.

    Points in a plane are written (x, y), across first.
    """
    return [np.mean(_guesses(predict, _moved(x, b, a)) == y) for a, b in shifts]


def goes_on_from_the_last_shift(predict, x, y, shifts):
    """You shift what has been shifted before; each shift starts from x itself.

    Writing the result back into x does that.
    """
    shares = []
    for shift in shifts:
        x = _moved(x, *shift)
        shares.append(np.mean(_guesses(predict, x) == y))
    return shares


def compares_with_the_unshifted_guess(predict, x, y, shifts):
    """You count guesses that stay what they were; an accuracy compares them with the labels y.

    That measures invariance: a net that is always wrong in the same way would get 1.
    """
    before = _guesses(predict, x)
    return [np.mean(_guesses(predict, _moved(x, *shift)) == before) for shift in shifts]


def counts_the_mistakes(predict, x, y, shifts):
    """You count mistakes; an accuracy is the share that is right.

    Decks give error rates as often.
    """
    return [np.mean(_guesses(predict, _moved(x, *shift)) != y) for shift in shifts]


def counts_without_dividing(predict, x, y, shifts):
    """You give the number of right guesses; the accuracy is their share, from 0 to 1.

    np.sum and np.mean are a word apart.
    """
    return [int(np.sum(_guesses(predict, _moved(x, *shift)) == y)) for shift in shifts]


def gives_one_mean_for_all_shifts(predict, x, y, shifts):
    """You give one number; every shift has an accuracy of its own.

    "The accuracy on shifted images" sounds like one.
    """
    shares = [np.mean(_guesses(predict, _moved(x, *shift)) == y) for shift in shifts]
    return float(np.mean(shares)) if shares else 0.0


def forgets_to_shift(predict, x, y, shifts):
    """You read the images as they are, once for every shift; move them first.

    The shifted array is made and then not used.
    """
    return [np.mean(_guesses(predict, x) == y) for _ in shifts]


def repeats_the_rim(predict, x, y, shifts):
    """You repeat the outer pixels where nothing comes from; zeros belong there.

    np.pad has a mode "edge" that looks natural for photographs.
    """
    def moved(down, right):
        height, width = x.shape[2:]
        around = (0, 0), (0, 0), (abs(down),) * 2, (abs(right),) * 2
        padded = np.pad(x, around, mode="edge")
        top, left = abs(down) - down, abs(right) - right
        return padded[:, :, top:top + height, left:left + width]
    return [np.mean(_guesses(predict, moved(*shift)) == y) for shift in shifts]


def forgets_the_sign(predict, x, y, shifts):
    """You shift down and right whatever the sign; numbers below 0 mean up and left.

    abs() makes the slices work, and the direction is lost with the sign.
    """
    return [np.mean(_guesses(predict, _moved(x, abs(a), abs(b))) == y) for a, b in shifts]


def slices_for_positive_shifts_only(predict, x, y, shifts):
    """You slice for shifts from 0 on; with a number below 0, x[-1:] counts from the end.

    moved[:, :, down:] = x[:, :, :H - down] is right for all shifts down.
    """
    height, width = x.shape[2:]
    shares = []
    for a, b in shifts:
        moved = np.zeros_like(x)
        moved[:, :, a:, b:] = x[:, :, :height - a, :width - b]
        shares.append(np.mean(_guesses(predict, moved) == y))
    return shares


def shifts_by_rows_only(predict, x, y, shifts):
    """You use the first number of a shift only; the second one moves the columns.

    The two lines look alike, and one is forgotten.
    """
    return [np.mean(_guesses(predict, _moved(x, a, 0)) == y) for a, _ in shifts]
