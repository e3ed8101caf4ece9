"""The linear layer: every neuron a weighted sum of all inputs."""

from course_lib.arrays import Array, expect_shape, float_array


def linear(x: Array, weight: Array, bias: Array | None = None) -> Array:
    """y = x W^T + b; one row of weight holds the weights of one neuron.

    x (..., n_in), one sample or any batch of them; weight (n_out, n_in); bias (n_out,) or None.
    Returns y (..., n_out). Raises TypeError for arrays that are not float64 or float32 and
    ValueError for shapes that do not fit. Source: RWTH 000:203, Wuppertal 001:23-25.
    """
    x, weight = _prepared("linear", x, weight)
    y: Array = x @ weight.T
    if bias is None:
        return y
    bias = float_array("linear", "bias", bias)
    expect_shape("linear", "bias", bias, (len(weight),))
    return y + bias


def linear_backward(grad_output: Array, x: Array, weight: Array) -> tuple[Array, Array, Array]:
    """dE/dx = g W, dE/dW = g^T x, dE/db = g, the last two summed over the batch.

    grad_output (..., n_out) is g = dE/dy; x and weight as for linear. Returns arrays of the
    shapes of x, weight and bias (n_out,). Raises as linear does.
    """
    x, weight = _prepared("linear_backward", x, weight)
    grad_output = float_array("linear_backward", "grad_output", grad_output)
    expect_shape("linear_backward", "grad_output", grad_output, (*x.shape[:-1], len(weight)))
    g_rows = grad_output.reshape(-1, len(weight))  # one row for each sample
    x_rows = x.reshape(-1, weight.shape[1])
    return grad_output @ weight, g_rows.T @ x_rows, g_rows.sum(axis=0)


def _prepared(function: str, x: Array, weight: Array) -> tuple[Array, Array]:
    x = float_array(function, "x", x)
    weight = float_array(function, "weight", weight)
    expect_shape(function, "weight", weight, ("n_out", "n_in"))
    n_out, n_in = weight.shape
    if x.ndim == 0 or x.shape[-1] != n_in:
        message = (
            f"{function} expects x with {n_in} features along its last axis, because weight has "
            f"shape {weight.shape}; got x of shape {x.shape}."
        )
        if x.ndim and x.shape[-1] == n_out:
            message += " Is weight transposed? It is (n_out, n_in)."
        elif x.ndim > 1 and x.size == len(x) * n_in:
            message += " Did you mean x.reshape(len(x), -1)?"
        raise ValueError(message)
    return x, weight
