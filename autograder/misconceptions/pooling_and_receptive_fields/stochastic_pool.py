"""What people believe about stochastic pooling."""

import numpy as np


def _pooled(x, F, S, training, draw, expect=None):
    """y with draw(pixels) in training and expect(pixels) after it, for windows with some light."""
    rows, columns = ((n_in - F) // S + 1 for n_in in x.shape[2:])
    y = np.zeros((*x.shape[:2], rows, columns))
    for n, c, i, j in np.ndindex(*y.shape):
        pixels = x[n, c, i * S : i * S + F, j * S : j * S + F].ravel()
        if pixels.sum() > 0:
            y[n, c, i, j] = draw(pixels) if training else (expect or _expected)(pixels)
    return y


def _expected(pixels):
    return np.sum(pixels / pixels.sum() * pixels)


def _drawn(pixels, rng):
    return rng.choice(pixels, p=pixels / pixels.sum())


def draws_every_pixel_alike(x, F, S, rng, training):
    """You draw every pixel with the same probability; a pixel's chance is its share of the sum.

    "One is drawn at random" sounds like all alike.
    """
    return _pooled(x, F, S, training, rng.choice)


def draws_with_softmax(x, F, S, rng, training):
    """You turn pixels into probabilities by softmax; here they are divided by their sum.

    Softmax is how the course makes probabilities everywhere else.
    """
    def draw(pixels):
        powers = np.exp(pixels - pixels.max())
        return rng.choice(pixels, p=powers / powers.sum())

    return _pooled(x, F, S, training, draw)


def draws_with_squares(x, F, S, rng, training):
    """You draw with the squares of the pixels; the chance is the pixel over the sum of pixels.

    The weighted mean of the test has squares above the line, and they slip in here.
    """
    return _pooled(x, F, S, training, lambda a: rng.choice(a, p=a**2 / np.sum(a**2)))


def multiplies_the_chances_by_noise(x, F, S, rng, training):
    """You take the largest of chance times random number; then large pixels win too often.

    It is random, and larger pixels are taken more often, as it should be.
    """
    def draw(pixels):
        return pixels[np.argmax(pixels * rng.random(pixels.shape))]

    return _pooled(x, F, S, training, draw)


def takes_the_largest_in_training(x, F, S, rng, training):
    """You take the largest pixel in training; a pixel is drawn, and smaller ones have a chance.

    The likeliest pixel is the largest one.
    """
    return _pooled(x, F, S, training, np.max)


def takes_the_expectation_in_training(x, F, S, rng, training):
    """You return the weighted mean in training too; there one pixel is drawn.

    On average both are the same.
    """
    return _pooled(x, F, S, training, _expected)


def draws_when_tested(x, F, S, rng, training):
    """You draw even if training is False; then y is the weighted mean, and the same every time.

    An argument that is never read raises no error.
    """
    return _pooled(x, F, S, True, lambda pixels: _drawn(pixels, rng))


def takes_the_plain_mean_when_tested(x, F, S, rng, training):
    """You take the plain mean when not training; what is drawn weighs large pixels more.

    Average pooling is the usual partner, and "on average" sounds like it.
    """
    return _pooled(x, F, S, training, lambda pixels: _drawn(pixels, rng), np.mean)


def takes_the_largest_when_tested(x, F, S, rng, training):
    """You take the largest pixel when not training; y is the weighted mean of all of them.

    A trained classifier names its likeliest class, too.
    """
    return _pooled(x, F, S, training, lambda pixels: _drawn(pixels, rng), np.max)


def draws_one_place_for_all_windows(x, F, S, rng, training):
    """You draw one place and take it in every window; each window draws for itself.

    One call of rng serves them all, and looks as random as many.
    """
    place = rng.integers(F * F)
    return _pooled(x, F, S, training, lambda pixels: pixels[place])


def draws_once_for_all_images_and_channels(x, F, S, rng, training):
    """You use one random number for all images and channels; each of their windows draws anew.

    A random number for every place (i, j) is as large as the result looks on paper.
    """
    rows, columns = ((n_in - F) // S + 1 for n_in in x.shape[2:])
    numbers = rng.random((rows, columns))
    y = np.zeros((*x.shape[:2], rows, columns))
    for n, c, i, j in np.ndindex(*y.shape):
        pixels = np.sort(x[n, c, i * S : i * S + F, j * S : j * S + F].ravel())
        if pixels.sum() > 0 and training:
            place = np.searchsorted(np.cumsum(pixels) / pixels.sum(), numbers[i, j], side="right")
            y[n, c, i, j] = pixels[min(place, len(pixels) - 1)]
        elif pixels.sum() > 0:
            y[n, c, i, j] = _expected(pixels)
    return y


def divides_by_a_sum_of_zero(x, F, S, rng, training):
    """You divide by the sum of the window even if it is 0; a window of zeros gives 0.

    Dark windows are rare in photographs, and common behind a ReLU.
    """
    rows, columns = ((n_in - F) // S + 1 for n_in in x.shape[2:])
    y = np.zeros((*x.shape[:2], rows, columns))
    for n, c, i, j in np.ndindex(*y.shape):
        pixels = x[n, c, i * S : i * S + F, j * S : j * S + F].ravel()
        with np.errstate(invalid="ignore"):
            chances = pixels / pixels.sum()
        y[n, c, i, j] = rng.choice(pixels, p=chances) if training else np.sum(chances * pixels)
    return y
