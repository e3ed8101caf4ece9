"""Wrong beliefs about a small convolution as a computational graph."""

import numpy as np


def _graph(x, t, w, f, *, windows=None, dh=None, df=None, dw=None, dx=None, error=None):
    """The right graph, with single parts replaced by what somebody believes."""
    size, n_out = len(w), len(f)
    h = np.array([np.dot(w if windows is None else windows, x[i : i + size])
                  for i in range(n_out)], dtype=float)
    y = float(np.dot(f, h))
    dy = y - t
    dh = dy * np.asarray(f, float) if dh is None else dh(dy)
    right_w, right_x = np.zeros(size), np.zeros(len(x))
    for i in range(n_out):
        right_w += dh[i] * x[i : i + size]
        right_x[i : i + size] += dh[i] * w
    return {
        "h": h, "y": y, "E": 0.5 * dy**2 if error is None else error(dy), "dh": dh,
        "df": dy * h if df is None else df(h, dy),
        "dw": right_w if dw is None else dw(dh, right_w),
        "dx": right_x if dx is None else dx(dh, right_x),
    }


def flips_the_kernel(x, t, w, f):
    """You turn the kernel round; in this graph, as in all layers, w_0 meets the first pixel.

    In the books a convolution flips. The layers of the libraries do not.
    """
    made = _graph(x, t, w[::-1], f)
    return made | {"dw": made["dw"][::-1]}


def keeps_the_last_gradient_of_a_shared_weight(x, t, w, f):
    """You overwrite the gradient of w at every place; w is used at all of them, so add up.

    A line with = gives an array of the right shape, and nobody misses what it replaced.
    """
    return _graph(x, t, w, f, dw=lambda dh, _: dh[-1] * x[len(f) - 1 :])


def takes_the_mean_over_the_places(x, t, w, f):
    """You divide the gradient of w by the number of places; shared weights add up.

    One weight, so one average opinion: but if it is used three times, it counts three times.
    """
    return _graph(x, t, w, f, dw=lambda dh, right: right / len(f))


def overwrites_where_windows_overlap(x, t, w, f):
    """You overwrite the gradient of pixels that several windows see; add it up.

    Windows are seen as pieces of the image that lie side by side.
    """
    def last(dh, right):
        dx = np.zeros(len(x))
        for i in range(len(f)):
            dx[i : i + len(w)] = dh[i] * w
        return dx

    return _graph(x, t, w, f, dx=last)


def slides_forward_on_the_way_back(x, t, w, f):
    """You slide w forward over dE/dh for dE/dx; place i hands w to pixels i, i + 1, and so on.

    Forward and backward are taken for the same operation. It is the flipped one.
    """
    def correlated(dh, right):
        return np.convolve(dh, np.asarray(w, float)[::-1])

    return _graph(x, t, w, f, dx=correlated)


def forgets_the_last_layer(x, t, w, f):
    """You hand y - t straight to the kernel; on its way back it passes f and is multiplied by it.

    f looks like a finishing touch of the forward pass.
    """
    return _graph(x, t, w, f, dh=lambda dy: np.full(len(f), dy, dtype=float))


def swaps_target_and_output(x, t, w, f):
    """You start the way back with t - y; the derivative of (y - t)^2 / 2 by y is y - t.

    Error is "what is missing" in everyday speech.
    """
    made = _graph(x, t, w, f)
    return made | {name: -made[name] for name in ("dh", "df", "dw", "dx")}


def leaves_out_the_half(x, t, w, f):
    """You leave the 1/2 out of E; here E = (y - t)^2 / 2, which makes its slope y - t.

    Squared error without the half is common, and its slope then has a 2.
    """
    return _graph(x, t, w, f, error=lambda dy: dy**2)


def doubles_the_slope_of_the_error(x, t, w, f):
    """You start the way back with 2 (y - t); the 1/2 in E takes the 2 away.

    The rule for squares gives the 2, and the half in front is easily read over.
    """
    made = _graph(x, t, w, f)
    return made | {name: 2 * made[name] for name in ("dh", "df", "dw", "dx")}


def starts_back_with_the_error(x, t, w, f):
    """You start the way back with E; it starts with the slope of E by y, which is y - t.

    "Backpropagating the error" sounds as if E itself were sent back.
    """
    def scaled(dy):
        return 0.5 * dy**2

    return _graph(x, t, w, f, dh=lambda dy: scaled(dy) * np.asarray(f, float),
                  df=lambda h, dy: scaled(dy) * h)


def keeps_whole_numbers_whole(x, t, w, f):
    """You make the arrays of gradients with the type of the inputs; gradients need floats.

    zeros_like(x) copies the type of x as well.
    """
    made = _graph(x, t, w, f)
    dw, dx = np.zeros_like(w), np.zeros_like(x)
    for i in range(len(f)):
        dw += made["dh"][i] * x[i : i + len(w)]
        dx[i : i + len(w)] += made["dh"][i] * w
    return made | {"dw": dw, "dx": dx}


def cuts_gradients_to_whole_numbers(x, t, w, f):
    """You write gradients into an array of whole numbers, which cuts them off; make float zeros.

    zeros_like(w) has the type of w, and an entry that is set silently loses its fraction.
    """
    made = _graph(x, t, w, f)
    dw, dx = np.zeros_like(w), np.zeros_like(x)
    for i, j in np.ndindex(len(f), len(w)):
        dw[j] += made["dh"][i] * x[i + j]
        dx[i + j] += made["dh"][i] * w[j]
    return made | {"dw": dw, "dx": dx}


def squares_without_the_half(x, t, w, f):
    """You take E = (y - t)^2 and its slope; here there is a 1/2 in front, which halves both.

    Everything fits together, but it is another error.
    """
    made = _graph(x, t, w, f)
    return made | {name: 2 * made[name] for name in ("E", "dh", "df", "dw", "dx")}


def swaps_the_gradients_of_h_and_f(x, t, w, f):
    """You swap dh and df; in the product f_i h_i each gets the other one as its factor.

    The slope by h has f in it, and is then put down as that of f.
    """
    made = _graph(x, t, w, f)
    return made | {"dh": made["df"], "df": made["dh"]}


def starts_back_with_one(x, t, w, f):
    """You return gradients of y; E comes behind y, so all of them are multiplied by y - t.

    The way back is begun one node too early.
    """
    return _graph(x, t, w, f, dh=lambda dy: np.array(f, dtype=float), df=lambda h, dy: h)
