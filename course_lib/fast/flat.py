"""All parameters of a network in one array, so that an optimiser makes few long passes."""

import numpy as np

from course_lib.layers import Layer, Parameter


def one_parameter(model: Layer) -> Parameter:
    """A Parameter whose data and grad hold those of all parameters of the model, end to end.

    Afterwards the model's own parameters are windows into it: what changes here changes there.
    An optimiser that treats every number alike (all of course_lib.optim do) takes the same steps
    with it as with the list of parameters, in a few long passes in place of many short ones.
    Raises ValueError for a model without parameters, or with parameters of several dtypes.
    """
    parameters = model.parameters()
    dtypes = sorted({str(p.data.dtype) for p in parameters})
    if len(dtypes) != 1:
        raise ValueError(
            f"one_parameter expects parameters of one dtype; {type(model).__name__} has "
            f"{' and '.join(dtypes) or 'none at all'}."
        )
    whole = Parameter(np.concatenate([p.data.ravel() for p in parameters]))
    whole.grad[...] = np.concatenate([p.grad.ravel() for p in parameters])
    end = 0
    for p in parameters:
        begin, end = end, end + p.data.size
        p.data = whole.data[begin:end].reshape(p.data.shape)
        p.grad = whole.grad[begin:end].reshape(p.grad.shape)
    return whole
