"""What a layer keeps: numbers that training changes, and numbers that it only keeps track of."""

from numpy import array, zeros

from course_lib.arrays import Array, float_array


class Parameter:
    """`data`, an array that training changes, and `grad`, the gradient gathered so far.

    Both have the same shape and dtype. Raises TypeError for data that is not float64 or float32.
    """

    def __init__(self, data: Array) -> None:
        data = float_array("Parameter", "data", data)
        self.data: Array = zeros(data.shape, data.dtype)
        if data.any():  # memory of zeros that nobody writes to costs nothing
            self.data[...] = data
        self.grad: Array = zeros(self.data.shape, self.data.dtype)

    def zero_grad(self) -> None:
        """Forget the gradient gathered so far."""
        self.grad[...] = 0

    def __repr__(self) -> str:
        return f"Parameter{self.data.shape}"


class Buffer:
    """`data`, an array that belongs to the state of a layer but has no gradient.

    A running mean, say. optional: a stored state may lack it (some published weights do).
    """

    def __init__(self, data: Array, *, optional: bool = False) -> None:
        self.data: Array = array(data)
        self.optional = optional

    def __repr__(self) -> str:
        return f"Buffer{self.data.shape}"
