"""What goes wrong when columns are added back to an image."""

import numpy as np


def _places(image_size, kernel_size, stride, padding):
    return [(n + 2 * padding - f) // stride + 1
            for n, f in zip(image_size, kernel_size, strict=True)]


def _patches(columns, image_size, kernel_size, stride, padding):
    rows, cols = _places(image_size, kernel_size, stride, padding)
    return columns.reshape(len(columns), -1, *kernel_size, rows, cols)


def _put(patches, image_size, stride, padding, *, add=True):
    """The padded image; with add=False the last patch wins."""
    images, channels, f_h, f_w, rows, cols = patches.shape
    height, width = (n + 2 * padding for n in image_size)
    padded = np.zeros((images, channels, height, width))
    for r in range(rows):
        for s in range(cols):
            window = np.s_[:, :, r * stride : r * stride + f_h, s * stride : s * stride + f_w]
            if add:
                padded[window] += patches[..., r, s]
            else:
                padded[window] = patches[..., r, s]
    return padded


def _cut(padded, padding):
    rows, cols = padded.shape[2:]
    return padded[:, :, padding : rows - padding, padding : cols - padding]


def overwrites_where_patches_overlap(columns, image_size, kernel_size, stride=1, padding=0):
    """You overwrite where patches overlap; what several windows say about a pixel adds up.

    Patches are put back like photographs into an album.
    """
    patches = _patches(columns, image_size, kernel_size, stride, padding)
    return _cut(_put(patches, image_size, stride, padding, add=False), padding)


def takes_the_mean_where_patches_overlap(columns, image_size, kernel_size, stride=1, padding=0):
    """You divide by the number of windows over a pixel; col2im adds up and undoes nothing.

    The mean would give the image back. But the gradient is asked for, not the image.
    """
    patches = _patches(columns, image_size, kernel_size, stride, padding)
    total = _put(patches, image_size, stride, padding)
    count = _put(np.ones_like(patches), image_size, stride, padding)
    return _cut(total / np.maximum(count, 1), padding)


def ends_the_slice_at_minus_padding(columns, image_size, kernel_size, stride=1, padding=0):
    """You cut with padding:-padding; for padding 0 that is 0:0, and nothing is left.

    It is right for every padding but 0.
    """
    patches = _patches(columns, image_size, kernel_size, stride, padding)
    return _put(patches, image_size, stride, padding)[:, :, padding:-padding, padding:-padding]


def keeps_the_padding(columns, image_size, kernel_size, stride=1, padding=0):
    """You return the padded image; cut the padding off, it is no part of x.

    The sums are done, and one line is missing.
    """
    patches = _patches(columns, image_size, kernel_size, stride, padding)
    return _put(patches, image_size, stride, padding)


def cuts_above_and_left_only(columns, image_size, kernel_size, stride=1, padding=0):
    """You cut the padding above and on the left only; it lies on all four sides.

    x[:, :, p:, p:] is half of the slice.
    """
    patches = _patches(columns, image_size, kernel_size, stride, padding)
    return _put(patches, image_size, stride, padding)[:, :, padding:, padding:]


def forgets_the_stride_when_putting_back(columns, image_size, kernel_size, stride=1, padding=0):
    """You put patch r back at row r; it was cut at row r * stride.

    The stride is in the number of places, so it seems done. Solutions of a famous course had this
    for years.
    """
    patches = _patches(columns, image_size, kernel_size, stride, padding)
    small = _put(patches, image_size, 1, padding)
    return _cut(small, padding)


def takes_the_places_column_by_column(columns, image_size, kernel_size, stride=1, padding=0):
    """You take the places column by column; im2col went row by row.

    The loops are nested the other way round.
    """
    rows, cols = _places(image_size, kernel_size, stride, padding)
    patches = columns.reshape(len(columns), -1, *kernel_size, cols, rows).swapaxes(4, 5)
    return _cut(_put(patches, image_size, stride, padding), padding)


def reads_the_patches_column_by_column(columns, image_size, kernel_size, stride=1, padding=0):
    """You rebuild a patch column by column; im2col flattened it row by row.

    Order "F" looks natural for something called a column.
    """
    rows, cols = _places(image_size, kernel_size, stride, padding)
    f_h, f_w = kernel_size
    patches = columns.reshape(len(columns), -1, f_w, f_h, rows, cols).swapaxes(2, 3)
    return _cut(_put(patches, image_size, stride, padding), padding)


def puts_the_channels_last(columns, image_size, kernel_size, stride=1, padding=0):
    """You let the channel run fastest within a column; it runs slowest.

    With images stored channels last this would be the order.
    """
    rows, cols = _places(image_size, kernel_size, stride, padding)
    patches = columns.reshape(len(columns), *kernel_size, -1, rows, cols)
    return _cut(_put(np.moveaxis(patches, 3, 1), image_size, stride, padding), padding)


def puts_patches_back_upside_down(columns, image_size, kernel_size, stride=1, padding=0):
    """You turn the patches by 180 degrees; they return as they were cut.

    "The backward pass flips" is remembered, but the flip comes out by itself.
    """
    patches = _patches(columns, image_size, kernel_size, stride, padding)
    return _cut(_put(patches[:, :, ::-1, ::-1], image_size, stride, padding), padding)


def adds_up_the_images(columns, image_size, kernel_size, stride=1, padding=0):
    """You add up over the batch; every image has columns and a gradient of its own.

    For weights the batch is added up. For the input it is not.
    """
    patches = _patches(columns, image_size, kernel_size, stride, padding)
    return _cut(_put(patches, image_size, stride, padding), padding).sum(axis=0, keepdims=True)


def _place_by_place(columns, image_size, kernel_size, stride, padding, *, room, places_in_row):
    """A loop over the places, each with its column, into an image with `room` on all sides."""
    rows, cols = _places(image_size, kernel_size, stride, padding)
    images, channels = len(columns), columns.shape[1] // int(np.prod(kernel_size))
    f_h, f_w = kernel_size
    grad = np.zeros((images, channels, image_size[0] + 2 * room, image_size[1] + 2 * room))
    for r in range(rows):
        for s in range(cols):
            patch = columns[:, :, r * places_in_row + s].reshape(images, channels, f_h, f_w)
            grad[:, :, r * stride : r * stride + f_h, s * stride : s * stride + f_w] += patch
    return _cut(grad, padding)


def numbers_the_places_with_the_height(columns, image_size, kernel_size, stride=1, padding=0):
    """You take column r * out_h + s for place (r, s); a row of places has out_w of them.

    On square images it is the same.
    """
    rows, _ = _places(image_size, kernel_size, stride, padding)
    return _place_by_place(columns, image_size, kernel_size, stride, padding, room=padding,
                           places_in_row=rows)


def makes_no_room_for_the_padding(columns, image_size, kernel_size, stride=1, padding=0):
    """You add the patches into (H, W); they were cut from the padded image, so make room for it.

    image_size is at hand, and the padding comes to mind only when it is cut off.
    """
    _, cols = _places(image_size, kernel_size, stride, padding)
    return _place_by_place(columns, image_size, kernel_size, stride, padding, room=0,
                           places_in_row=cols)
