"""What people believe about covering an image place by place."""

import numpy as np


def _places(x, size, stride):
    tops, lefts = (range(0, length - size + 1, stride) for length in x.shape[1:])
    return tops, lefts


def _covered(x, top, left, size, baseline):
    image = x.copy()
    image[:, top : top + size, left : left + size] = baseline
    return image


def _map(predict, x, size, stride, baseline, value):
    tops, lefts = _places(x, size, stride)
    return np.array([[value(predict(_covered(x, top, left, size, baseline)[np.newaxis])[0])
                      for left in lefts] for top in tops])


def leaves_the_patches_where_they_were(predict, x, k, size, stride=1, baseline=0.0):
    """You cover the image you have covered already; every patch goes onto a fresh copy of x.

    A copy is made once, outside of the loops.
    """
    image, (tops, lefts) = x.copy(), _places(x, size, stride)
    whole, drops = predict(x[np.newaxis])[0, k], np.zeros((len(tops), len(lefts)))
    for i, top in enumerate(tops):
        for j, left in enumerate(lefts):
            image[:, top : top + size, left : left + size] = baseline
            drops[i, j] = whole - predict(image[np.newaxis])[0, k]
    return drops


def covers_the_first_channel_only(predict, x, k, size, stride=1, baseline=0.0):
    """You cover the first channel only; the patch hides a place in all channels.

    With grey images there is no difference.
    """
    whole, (tops, lefts) = predict(x[np.newaxis])[0, k], _places(x, size, stride)
    drops = np.zeros((len(tops), len(lefts)))
    for i, top in enumerate(tops):
        for j, left in enumerate(lefts):
            image = x.copy()
            image[0, top : top + size, left : left + size] = baseline
            drops[i, j] = whole - predict(image[np.newaxis])[0, k]
    return drops


def subtracts_the_other_way(predict, x, k, size, stride=1, baseline=0.0):
    """You subtract the score as it is from the covered one; a loss of score is positive here.

    After minus before is how a change is usually written.
    """
    whole = predict(x[np.newaxis])[0, k]
    return _map(predict, x, size, stride, baseline, lambda scores: scores[k] - whole)


def returns_what_is_left(predict, x, k, size, stride=1, baseline=0.0):
    """You return the scores of the covered images; asked for is how much each patch costs.

    Some draw the map like that: dark where the patch hurts.
    """
    return _map(predict, x, size, stride, baseline, lambda scores: scores[k])


def paints_everything_black(predict, x, k, size, stride=1, baseline=0.0):
    """You cover with zeros whatever the baseline is; the patch has the value `baseline`.

    0 looks like "nothing". In most images it is black, which is something.
    """
    whole = predict(x[np.newaxis])[0, k]
    return _map(predict, x, size, stride, 0.0, lambda scores: whole - scores[k])


def takes_the_baseline_off(predict, x, k, size, stride=1, baseline=0.0):
    """You shift the pixels under the patch by the baseline; they all become `baseline`.

    -= in the place of =.
    """
    whole, (tops, lefts) = predict(x[np.newaxis])[0, k], _places(x, size, stride)
    drops = np.zeros((len(tops), len(lefts)))
    for i, top in enumerate(tops):
        for j, left in enumerate(lefts):
            image = x.copy()
            image[:, top : top + size, left : left + size] -= baseline
            drops[i, j] = whole - predict(image[np.newaxis])[0, k]
    return drops


def follows_the_guess(predict, x, k, size, stride=1, baseline=0.0):
    """You follow the largest score; the class k is given, and it need not be the first guess.

    One wants to know why the network says what it says.
    """
    scores = predict(x[np.newaxis])[0]
    guess = int(np.argmax(scores))
    return _map(predict, x, size, stride, baseline, lambda now: scores[guess] - now[guess])


def cuts_patches_off_at_the_border(predict, x, k, size, stride=1, baseline=0.0):
    """You let patches hang over the border; only those count that lie in the image as a whole.

    range(0, H, stride) is the first thought, and slices stop at the border by themselves.
    """
    whole = predict(x[np.newaxis])[0, k]
    return np.array([[whole - predict(_covered(x, top, left, size, baseline)[np.newaxis])[0, k]
                      for left in range(0, x.shape[2], stride)]
                     for top in range(0, x.shape[1], stride)])


def forgets_the_last_place(predict, x, k, size, stride=1, baseline=0.0):
    """You stop one place too early; a patch that ends exactly at the border still fits.

    range leaves its end out, so H - size needs a + 1.
    """
    whole = predict(x[np.newaxis])[0, k]
    tops, lefts = (range(0, length - size, stride) for length in x.shape[1:])
    drops = np.zeros((len(tops), len(lefts)))
    for i, top in enumerate(tops):
        for j, left in enumerate(lefts):
            drops[i, j] = whole - predict(
                _covered(x, top, left, size, baseline)[np.newaxis])[0, k]
    return drops


def moves_by_the_size_of_the_patch(predict, x, k, size, stride=1, baseline=0.0):
    """You lay patches side by side; they move by `stride` pixels and may overlap.

    So pools often do.
    """
    whole = predict(x[np.newaxis])[0, k]
    return _map(predict, x, size, size, baseline, lambda scores: whole - scores[k])


def moves_by_one_pixel(predict, x, k, size, stride=1, baseline=0.0):
    """You move the patch by one pixel; it moves by `stride` pixels.

    A map with a value for every pixel looks finer.
    """
    whole = predict(x[np.newaxis])[0, k]
    return _map(predict, x, size, 1, baseline, lambda scores: whole - scores[k])


def takes_probabilities(predict, x, k, size, stride=1, baseline=0.0):
    """You turn scores into probabilities; here it is the score itself that drops.

    Zeiler and Fergus drew probabilities, and so does the widget.
    """
    def share(scores):
        powers = np.exp(scores - scores.max())
        return powers[k] / powers.sum()

    whole = share(predict(x[np.newaxis])[0])
    return _map(predict, x, size, stride, baseline, lambda scores: whole - share(scores))


def drops_the_sign(predict, x, k, size, stride=1, baseline=0.0):
    """You take absolute values; below 0 means that the patch hid something against the class.

    A map of importance seems to know no sign.
    """
    whole = predict(x[np.newaxis])[0, k]
    return _map(predict, x, size, stride, baseline, lambda scores: abs(whole - scores[k]))


def covers_all_but_the_patch(predict, x, k, size, stride=1, baseline=0.0):
    """You cover everything but the patch; the patch itself is covered.

    What the window alone is worth is another good question.
    """
    whole, (tops, lefts) = predict(x[np.newaxis])[0, k], _places(x, size, stride)
    drops = np.zeros((len(tops), len(lefts)))
    for i, top in enumerate(tops):
        for j, left in enumerate(lefts):
            image = np.full(x.shape, float(baseline))
            window = (slice(None), slice(top, top + size), slice(left, left + size))
            image[window] = x[window]
            drops[i, j] = whole - predict(image[np.newaxis])[0, k]
    return drops


def writes_columns_as_rows(predict, x, k, size, stride=1, baseline=0.0):
    """You write the places across as rows of the map; [i, j] is i strides down, j across.

    The loop over x comes first, as in "x and y".
    """
    whole = predict(x[np.newaxis])[0, k]
    return _map(predict, x, size, stride, baseline, lambda scores: whole - scores[k]).T
