"""Wrong beliefs about estimating a gradient by finite differences."""

import numpy as np


def goes_up_only(f, w, h=1e-5):
    """You compare f(w + h) with f(w); step to both sides, or the error is far larger.

    The definition of the derivative has one step and no more. In the limit it does not matter.
    """
    return _entries(f, w, lambda step: (f(w + step) - f(np.array(w, float))) / h, h)


def divides_by_one_h(f, w, h=1e-5):
    """You divide by h; between w - h and w + h lie two steps.

    The formula with one step divides by h, and the habit stays.
    """
    return _entries(f, w, lambda step: (f(w + step) - f(w - step)) / h, h)


def moves_all_entries_at_once(f, w, h=1e-5):
    """You move all entries of w together; each partial derivative moves one entry alone.

    f(w + h) looks like the formula in the book, and NumPy adds h to every entry without a word.
    """
    w = np.array(w, float)
    return np.full(w.shape, (f(w + h) - f(w - h)) / (2 * h))


def leaves_the_moved_entries_where_they_are(f, w, h=1e-5):
    """You do not put an entry back before the next one moves; restore it every time.

    With a tiny h the later entries are almost right, so nobody notices.
    """
    w = np.array(w, float)
    gradient = np.zeros(w.shape)
    for index in np.ndindex(w.shape):
        w[index] += h
        above = f(w)
        w[index] -= 2 * h
        gradient[index] = (above - f(w)) / (2 * h)
    return gradient


def flattens_the_result(f, w, h=1e-5):
    """You return a flat list; the gradient has the shape of w.

    One loop over all numbers is easiest, and a list grows in it.
    """
    return _entries(f, w, lambda step: (f(w + step) - f(w - step)) / (2 * h), h).ravel()


def takes_a_step_of_its_own(f, w, h=1e-5):
    """You step by 1e-5 whatever h is; use the h that is given.

    The number in the signature is taken for a constant.
    """
    return _entries(f, w, lambda step: (f(w + step) - f(w - step)) / 2e-5, 1e-5)


def keeps_the_whole_numbers(f, w, h=1e-5):
    """You add h to an array of whole numbers, which rounds it away; make w an array of floats.

    Copying w looks enough, and with floats it is.
    """
    w = np.array(w)
    gradient = np.zeros(w.shape)
    for index in np.ndindex(w.shape):
        up, down = w.copy(), w.copy()
        up[index], down[index] = w[index] + h, w[index] - h
        gradient[index] = (f(up) - f(down)) / (2 * h)
    return gradient


def takes_below_minus_above(f, w, h=1e-5):
    """You subtract the upper value from the lower one; that turns the sign.

    Gradient descent goes down, so one subtracts "towards the lower value".
    """
    return _entries(f, w, lambda step: (f(w - step) - f(w + step)) / (2 * h), h)


def steps_by_a_share_of_each_weight(f, w, h=1e-5):
    """You step by h times the weight, which is no step where the weight is 0; step by h.

    A relative step sounds fair to large and small weights alike.
    """
    w = np.array(w, float)
    gradient = np.zeros(w.shape)
    with np.errstate(invalid="ignore"):
        for index in np.ndindex(w.shape):
            step = np.zeros(w.shape)
            step[index] = h * w[index]
            gradient[index] = np.divide(f(w + step) - f(w - step), 2 * step[index])
    return gradient


def _entries(f, w, slope, h):
    gradient = np.zeros(np.shape(w))
    for index in np.ndindex(gradient.shape):
        step = np.zeros(gradient.shape)
        step[index] = h
        gradient[index] = slope(step)
    return gradient
