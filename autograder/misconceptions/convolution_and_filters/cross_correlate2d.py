"""Wrong ways to slide a kernel over an image."""

import numpy as np


def _right(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(
        np.asarray(image, float), np.shape(kernel)
    )
    return np.einsum("rcij,ij->rc", windows, kernel)


def flips_the_kernel(image, kernel):
    """You turn the kernel round; the cross-correlation lays it on as it is.

    That is the convolution of the definitions. The worked numbers of the decks do not flip.
    """
    return _right(image, kernel[::-1, ::-1])


def transposes_the_kernel(image, kernel):
    """You exchange rows and columns of the kernel; row i lies on row i of the window.

    (x, y) and (row, column) are mixed up.
    """
    return _right(image, np.ascontiguousarray(kernel.T))


def multiplies_as_matrices(image, kernel):
    """You multiply window and kernel as matrices; multiply them entry by entry, with *.

    @ is "the" product of two arrays in many courses.
    """
    high, wide = kernel.shape
    rows, columns = image.shape[0] - high + 1, image.shape[1] - wide + 1
    return np.array(
        [[np.sum(image[r : r + high, c : c + wide] @ kernel) for c in range(columns)]
         for r in range(rows)]
    )


def takes_the_mean(image, kernel):
    """You take the mean of the products; it is their sum.

    A blur is a mean, and its kernel holds the division already.
    """
    return _right(image, kernel) / kernel.size


def divides_by_the_sum(image, kernel):
    """You divide by the sum of the kernel; the kernel is used as it is.

    Image programs do that to keep the brightness. A kernel of edges sums to 0.
    """
    total = np.sum(kernel)
    return _right(image, kernel) / (total if abs(total) > 1e-9 else 1.0)


def keeps_the_size(image, kernel):
    """You pad so that the result is as large as the image; here only whole windows count.

    In the viewer the filtered photograph is as large as the photograph.
    """
    high, wide = kernel.shape
    border = ((high // 2, (high - 1) // 2), (wide // 2, (wide - 1) // 2))
    return _right(np.pad(np.asarray(image, float), border), kernel)


def stops_one_place_early(image, kernel):
    """You miss the last row and column; there are H - F_h + 1 places down, not H - F_h.

    From H down to F is H - F steps, but the place before the first step counts too.
    """
    return _right(image, kernel)[:-1, :-1]


def assumes_square_kernels(image, kernel):
    """You use the kernel's height for its width as well; kernel.shape[1] may be another number.

    Nearly every kernel that one meets is 3 x 3.
    """
    high, wide = kernel.shape
    if wide < high:
        raise IndexError("the loop over the kernel's columns runs over its end")
    return _right(image, kernel[:, :high])


def cuts_off_the_fractions(image, kernel):
    """You store the results as whole numbers when the image holds whole numbers.

    np.zeros_like(image) takes over the type of the image, and fractions are lost without a word.
    """
    made = np.asarray(image).dtype
    return _right(image, kernel).astype(np.int64 if made.kind in "iu" else made)


def overflows_in_bytes(image, kernel):
    """You store the results in the type of the image; bytes go from 0 to 255 only.

    An image of bytes stays an image of bytes. What is outside of the range wraps round.
    """
    y = _right(image, kernel)
    if np.asarray(image).dtype == np.uint8:
        return np.trunc(y).astype(np.int64).astype(np.uint8)
    return y


def swaps_rows_and_columns(image, kernel):
    """You return columns and rows exchanged; the result has the axes of the image.

    The decks write width times height, arrays are indexed row first.
    """
    return _right(image, kernel).T


def drops_negative_answers(image, kernel):
    """You cut negative answers off; a kernel may well answer below 0.

    A negative brightness cannot be shown, so 0 seems the right answer.
    """
    return np.maximum(_right(image, kernel), 0)


def takes_absolute_values(image, kernel):
    """You drop the sign; an edge from bright to dark answers below 0.

    Edges are shown bright whatever their direction.
    """
    return np.abs(_right(image, kernel))


def cuts_square_windows(image, kernel):
    """You cut windows of F_h rows and F_h columns; the kernel has F_w columns, maybe other.

    image[r:r + F, c:c + F] * kernel is right for square kernels, and for others it is an error,
    or NumPy stretches the kernel without a word.
    """
    size = len(kernel)
    rows, columns = image.shape[0] - size + 1, image.shape[1] - size + 1
    results = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            results[r, c] = np.sum(image[r : r + size, c : c + size] * kernel)
    return results
