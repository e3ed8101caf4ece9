"""Wrong beliefs about a fully connected layer in its three notations."""

import numpy as np


def forgets_the_bias(x, W, b=None, form="Wx+b"):
    """You compute the product and leave b out; every neuron adds its own bias.

    In Wx' there is no b to be seen, and the habit stays for the other two forms.
    """
    return _layer(x, W, None if b is None else np.zeros(np.shape(b)), form)


def gives_all_neurons_the_first_bias(x, W, b=None, form="Wx+b"):
    """You add the same number to every neuron; b has one entry for each of the m neurons.

    b[0] looks right for a layer of one neuron.
    """
    if b is not None:
        _layer(x, W, b, form)  # wrong shapes must still be refused
        b = np.full(np.shape(b), np.asarray(b)[0])
    return _layer(x, W, b, form)


def puts_the_constant_one_first(x, W, b=None, form="Wx+b"):
    """You take the bias of Wx' from the first column; x' = (x, 1) has its 1 at the end.

    Other books write x' = (1, x) and w_0 first. Both are fine; the slide puts the 1 last.
    """
    if form == "Wx'":
        W = np.roll(np.asarray(W), -1, axis=1)
    return _layer(x, W, b, form)


def tells_the_form_from_the_shape(x, W, b=None, form="Wx+b"):
    """You choose between xW and Wx by what fits; with a square W both fit, so read `form`.

    Shapes decide almost always. A square W shows that a transpose can hide behind them.
    """
    if form in ("xW+b", "Wx+b"):
        form = "xW+b" if np.shape(W)[0] == np.shape(x)[-1] else "Wx+b"
    return _layer(x, W, b, form)


def writes_W_times_x_for_a_batch(x, W, b=None, form="Wx+b"):
    """You write W @ x also for a batch; its samples are rows, so x must meet W transposed.

    The formula is for one column vector. A batch stores one sample in each row.
    """
    x, W = np.asarray(x), np.asarray(W)
    if x.ndim == 1 or form == "xW+b":
        return _layer(x, W, b, form)
    if form == "Wx'":
        W, b = W[:, :-1], W[:, -1]
    return W @ x + (0 if b is None else b)


def returns_neurons_times_samples(x, W, b=None, form="Wx+b"):
    """Your batch result has shape (m, N); samples stay in the rows: (N, m).

    With columns as samples, W X + b is just as common. Here rows go in and rows come out.
    """
    return _layer(x, W, b, form).T


def adds_the_bias_to_samples_in_columns(x, W, b=None, form="Wx+b"):
    """You leave W @ x.T as it is, with samples in columns; turn it back before b is added.

    The transpose makes the shapes of the product fit, and one sample comes out right. For a batch
    the result must have a row for each sample, or b meets the wrong axis.
    """
    product = _layer(x, W, b, form)  # wrong shapes must still be refused
    if np.ndim(x) == 1:
        return product
    W = np.asarray(W)
    if form == "Wx'":
        W, b = W[:, :-1], W[:, -1]
    elif form == "xW+b":
        W = W.T
    return W @ np.asarray(x).T + (0 if b is None else b)


def adds_the_bias_in_place(x, W, b=None, form="Wx+b"):
    """You add b into the product with +=; a product of whole numbers cannot hold b. Use net + b.

    += writes into the array that is there, and that one keeps its type.
    """
    net = _layer(x, W, None if b is None else np.zeros(np.shape(b), dtype=int), form)
    if b is not None:
        net += b
    return net


def asks_for_a_bias_for_every_input(x, W, b=None, form="Wx+b"):
    """You ask b for as many entries as there are inputs; it has one for each of the m neurons.

    Inputs and biases stand side by side in the picture of a neuron.
    """
    x, features = np.asarray(x), np.shape(x)[-1]
    if b is None or form not in ("Wx+b", "xW+b"):
        return _layer(x, W, b, form)
    if np.shape(b) != (features,):
        raise ValueError(f"b has shape {np.shape(b)}, expected ({features},)")
    return _layer(x, W, None, form) + b


def lets_any_bias_pass_that_broadcasts(x, W, b=None, form="Wx+b"):
    """You let NumPy stretch a bias of the wrong shape; ask for b.shape == (m,) yourself.

    Broadcasting turns a slip into an answer instead of an error message.
    """
    if b is None or form == "Wx'":
        return _layer(x, W, b, form)
    return _layer(x, W, None, form) + b


def applies_the_activation(x, W, b=None, form="Wx+b"):
    """You apply the sigmoid; this function stops at the net input, before the activation.

    The slide writes sigma around all three forms. It is the same in all of them, so it is left
    to the caller.
    """
    return 1 / (1 + np.exp(-_layer(x, W, b, form)))


def drops_a_batch_of_one(x, W, b=None, form="Wx+b"):
    """You squeeze the result; a batch of one sample is still a batch, of shape (1, m).

    squeeze() tidies up all axes of length one, also the ones that mean something.
    """
    return np.squeeze(_layer(x, W, b, form))


def _layer(x, W, b, form):
    x, W = np.asarray(x), np.asarray(W)
    if form == "Wx'":
        if b is not None:
            raise ValueError("b given twice")
        W, b = W[:, :-1], W[:, -1]
    elif form == "xW+b":
        W = W.T
    elif form != "Wx+b":
        raise ValueError("unknown form")
    if x.shape[-1] != W.shape[1] or (b is not None and np.shape(b) != (W.shape[0],)):
        raise ValueError("wrong shape")
    return x @ W.T + (0 if b is None else b)
