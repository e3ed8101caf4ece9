"""What people believe about the gradient of a score by the pixels."""

import numpy as np


def _gradient(net, x, upstream):
    scores = net.forward(x[np.newaxis])
    return net.backward(np.asarray(upstream(scores), dtype=scores.dtype))[0]


def _one(k):
    def upstream(scores):
        chosen = np.zeros_like(scores)
        chosen[0, k] = 1
        return chosen

    return upstream


def _probabilities(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def takes_the_loss(net, x, k):
    """You send back the gradient of the loss; the saliency is that of the score k alone.

    In training it always begins with probabilities minus one-hot.
    """
    def upstream(scores):
        return _probabilities(scores) - _one(k)(scores)

    return np.abs(_gradient(net, x, upstream)).max(axis=0)


def takes_the_probability(net, x, k):
    """You send back the gradient of the probability; it is the score before softmax that counts.

    Then the other classes have their say, too: a pixel may look important because it lowers them.
    """
    def upstream(scores):
        shares = _probabilities(scores)
        return shares[0, k] * (_one(k)(scores) - shares)

    return np.abs(_gradient(net, x, upstream)).max(axis=0)


def asks_for_all_scores(net, x, k):
    """You send back ones for all classes; only score k is asked for.

    np.ones_like(scores) makes backward run, and one does not see whose gradient it is.
    """
    return np.abs(_gradient(net, x, np.ones_like)).max(axis=0)


def sends_the_scores_back(net, x, k):
    """You send the scores themselves back; the upstream gradient of score k is 1, of others 0.

    backward is taken for forward the other way round.
    """
    return np.abs(_gradient(net, x, lambda scores: scores)).max(axis=0)


def sends_one_score_back(net, x, k):
    """You send the value of score k back; what backward needs is the slope by it, which is 1.

    The map is the same apart from a factor, so a picture of it looks right.
    """
    return np.abs(_gradient(net, x, lambda scores: scores * _one(k)(scores))).max(axis=0)


def follows_the_guess(net, x, k):
    """You follow the largest score; the class k is given, and it need not be the first guess.

    One wants to know why the network says what it says.
    """
    return np.abs(_gradient(
        net, x, lambda scores: _one(int(scores.argmax()))(scores))).max(axis=0)


def keeps_the_sign(net, x, k):
    """You take the largest gradient, with its sign; a strong negative slope counts as much.

    With absolute values one no longer sees whether brighter or darker would help.
    """
    return _gradient(net, x, _one(k)).max(axis=0)


def takes_the_absolute_value_last(net, x, k):
    """You take the largest over the channels first; a large negative slope is lost there.

    With one channel the order does not matter.
    """
    return np.abs(_gradient(net, x, _one(k)).max(axis=0))


def adds_the_channels(net, x, k):
    """You add the channels up; asked for is the largest of them.

    Many programs do so, and with one channel it is the same.
    """
    return np.abs(_gradient(net, x, _one(k))).sum(axis=0)


def averages_the_channels(net, x, k):
    """You average over the channels; asked for is the largest of them.

    So colour becomes grey.
    """
    return np.abs(_gradient(net, x, _one(k))).mean(axis=0)


def measures_the_length(net, x, k):
    """You take the length of each pixel's gradient; asked for is its largest entry.

    A gradient is a vector, and a vector has a length.
    """
    return np.sqrt((_gradient(net, x, _one(k)) ** 2).sum(axis=0))


def multiplies_with_the_pixels(net, x, k):
    """You multiply the gradient with the pixel; here it is the gradient alone.

    That is another method, called gradient times input.
    """
    return np.abs(_gradient(net, x, _one(k)) * x).max(axis=0)


def squares_the_gradient(net, x, k):
    """You square the gradient; it is its absolute value.

    Both make numbers positive.
    """
    return (_gradient(net, x, _one(k)) ** 2).max(axis=0)


def stretches_to_one(net, x, k):
    """You divide by the largest value; the map stays as it is.

    For a picture that is usual. Two maps cannot be compared any more.
    """
    found = np.abs(_gradient(net, x, _one(k))).max(axis=0)
    return found / found.max() if found.max() > 0 else found


def leaves_the_channels_in(net, x, k):
    """You return a number for each channel; asked for is one map, (H, W).

    The gradient has the shape of the image.
    """
    return np.abs(_gradient(net, x, _one(k)))
