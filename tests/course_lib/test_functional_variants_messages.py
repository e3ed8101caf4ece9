"""Every complaint of conv2d's relatives, word for word."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib import functional as F
from course_lib.functional import deformable, dense_as_conv, matrix, sparse, transposed
from tests.course_lib.messages import Message, check, unread_raises
from tests.course_lib.test_functional_messages import ones

MODULES = [deformable, dense_as_conv, matrix, sparse, transposed]

TRANSPOSED = [
    Message(
        lambda: F.conv_transpose2d(ones(3, 4, 5), ones(3, 2, 2, 2)), ValueError,
        "conv_transpose2d expects x of shape (N, C, H, W); got (3, 4, 5). "
        "For a batch of one write x[np.newaxis].",
    ),
    Message(
        lambda: F.conv_transpose2d(ones(1, 3, 4, 5), ones(2, 2, 2)), ValueError,
        "conv_transpose2d expects weight of shape (C, K/groups, F_h, F_w); got (2, 2, 2).",
    ),
    Message(
        lambda: F.conv_transpose2d(ones(1, 3, 4, 5), ones(2, 3, 2, 2)), ValueError,
        "conv_transpose2d expects x with 2 channels, because weight has shape (2, 3, 2, 2) and "
        "its first axis is for the channels that come in; got x of shape (1, 3, 4, 5).",
    ),
    Message(
        lambda: F.conv_transpose2d(ones(1, 3, 4, 5), ones(3, 3, 2, 2), groups=2), ValueError,
        "conv_transpose2d cannot split 3 channels into 2 groups of equal size. "
        "groups must divide both the channels and the filters.",
    ),
    Message(
        lambda: F.conv_transpose2d(ones(1, 3, 4, 5), ones(3, 2, 2, 2), ones(3)), ValueError,
        "conv_transpose2d expects bias of shape (2,); got (3,).",
    ),
    Message(
        lambda: F.conv_transpose2d(ones(1, 3, 4, 5), ones(3, 2, 2, 2), output_padding=1),
        ValueError,
        "conv_transpose2d, along the rows: output_padding must be below the stride or the "
        "dilation; got 1 with stride 1 and dilation 1.",
    ),
    Message(
        lambda: F.conv_transpose2d(ones(1, 3, 4, 1), ones(3, 2, 2, 2), padding=1), ValueError,
        "conv_transpose2d, along the columns: Padding 1 cuts everything away: "
        "(1 - 1)*1 - 2*1 + 2 + 0 = 0 pixels are left. Use a smaller padding.",
    ),
    Message(
        lambda: F.conv_transpose2d(ones(1, 3, 4, 5), ones(3, 2, 2, 2), stride=0), ValueError,
        "conv_transpose2d, along the rows: stride must be at least 1; got 0.",
    ),
    Message(
        lambda: F.conv_transpose2d(ones(1, 3, 4, 5), ones(3, 2, 2, 2), padding="same"), TypeError,
        "padding is a whole number; got 'same'.",
    ),
    Message(
        lambda: F.conv_transpose2d_backward(
            ones(1, 2, 4, 5), ones(1, 3, 4, 5), ones(3, 2, 2, 2)
        ),
        ValueError,
        "conv_transpose2d_backward expects grad_output of shape (1, 2, 5, 6); got (1, 2, 4, 5).",
    ),
]

DEFORMED = [
    Message(
        lambda: F.deform_conv2d(ones(1, 3, 4, 5), ones(1, 4, 3, 4), ones(2, 3, 2, 2)), ValueError,
        "deform_conv2d expects offset of shape (1, 8, 3, 4); got (1, 4, 3, 4).",
    ),
    Message(
        lambda: F.deform_conv2d(ones(1, 3, 4, 5), ones(1, 8, 4, 5), ones(2, 3, 2, 2)), ValueError,
        "deform_conv2d expects offset of shape (1, 8, 3, 4); got (1, 8, 4, 5).",
    ),
    Message(
        lambda: F.deform_conv2d(
            ones(1, 3, 4, 5), np.full((1, 8, 3, 4), np.nan), ones(2, 3, 2, 2)
        ),
        ValueError,
        "deform_conv2d expects offsets that are finite; got NaN or infinity.",
    ),
    Message(
        lambda: F.deform_conv2d(ones(1, 2, 4, 5), ones(1, 8, 3, 4), ones(2, 3, 2, 2)), ValueError,
        "deform_conv2d expects x with 3 channels, because weight has shape (2, 3, 2, 2) and "
        "groups=1; got x of shape (1, 2, 4, 5). Did you mean weight of shape (2, 2, 2, 2)?",
    ),
    Message(
        lambda: F.deform_conv2d_backward(
            ones(1, 2, 3, 3), ones(1, 3, 4, 5), ones(1, 8, 3, 4), ones(2, 3, 2, 2)
        ),
        ValueError,
        "deform_conv2d_backward expects grad_output of shape (1, 2, 3, 4); got (1, 2, 3, 3).",
    ),
]

SPARSE = [
    Message(
        lambda: F.sparse_conv2d(ones(1, 2, 4, 5), ones(2, 3, 3, 3)), ValueError,
        "sparse_conv2d expects x with 3 channels, because weight has shape (2, 3, 3, 3) and "
        "groups=1; got x of shape (1, 2, 4, 5). Did you mean weight of shape (2, 2, 3, 3)?",
    ),
    Message(
        lambda: F.sparse_conv2d(ones(1, 3, 4, 5), ones(2, 3, 0, 3)), ValueError,
        "sparse_conv2d expects filters of at least one pixel; got weight of shape (2, 3, 0, 3).",
    ),
    Message(
        lambda: F.sparse_conv2d(ones(1, 3, 4, 5), ones(2, 3, 3, 3), active=ones(4, 5)), TypeError,
        "sparse_conv2d expects active to be True or False at every site; got float64. "
        "Did you mean active != 0?",
    ),
    Message(
        lambda: F.sparse_conv2d(ones(1, 3, 4, 5), ones(2, 3, 3, 3), active=ones(5, 4) > 0),
        ValueError,
        "sparse_conv2d expects active of shape (1, 4, 5); got (5, 4).",
    ),
    Message(
        lambda: F.sparse_conv2d(ones(1, 3, 4, 5), ones(2, 3, 3, 3), ones(3)), ValueError,
        "sparse_conv2d expects bias of shape (2,); got (3,).",
    ),
    Message(
        lambda: F.sparse_conv2d_backward(ones(1, 2, 2, 3), ones(1, 3, 4, 5), ones(2, 3, 3, 3)),
        ValueError,
        "sparse_conv2d_backward expects grad_output of shape (1, 2, 4, 5); got (1, 2, 2, 3).",
    ),
]

MATRICES = [
    Message(
        lambda: F.im2col(ones(3, 4, 5), 2), ValueError,
        "im2col expects x of shape (N, C, H, W); got (3, 4, 5). "
        "For a batch of one write x[np.newaxis].",
    ),
    Message(
        lambda: F.im2col(ones(1, 3, 4, 5), (2, 2, 2)), ValueError,
        "kernel_size is one number or a pair (rows, columns); got (2, 2, 2), which has 3.",
    ),
    Message(
        lambda: F.im2col(ones(1, 3, 4, 5), (2, 6)), ValueError,
        "im2col, along the columns: A window of 6 is larger than an input of 5 with padding 0 on "
        "both sides (5). Use a smaller window or a padding of at least 1.",
    ),
    Message(
        lambda: F.col2im(ones(12, 12), (4, 5), 2), ValueError,
        "col2im expects columns of shape (N, C*F_h*F_w, places); got (12, 12). "
        "For a batch of one write columns[np.newaxis].",
    ),
    Message(
        lambda: F.col2im(ones(1, 12, 13), (4, 5), 2), ValueError,
        "col2im expects columns of shape (N, C*2*2, 3*4), because a kernel of 2 x 2 has 3 x 4 "
        "places in an image of 4 x 5; got (1, 12, 13).",
    ),
    Message(
        lambda: F.col2im(ones(1, 13, 12), (4, 5), 2), ValueError,
        "col2im expects columns of shape (N, C*2*2, 3*4), because a kernel of 2 x 2 has 3 x 4 "
        "places in an image of 4 x 5; got (1, 13, 12).",
    ),
    Message(
        lambda: F.convolution_matrix(ones(3, 3), (4, 4)), ValueError,
        "convolution_matrix expects weight of shape (K, C, F_h, F_w); got (3, 3).",
    ),
    Message(
        lambda: F.convolution_matrix(ones(1, 1, 3, 3), (4, 0)), ValueError,
        "convolution_matrix, along the columns: n_in must be at least 1; got 0.",
    ),
    Message(
        lambda: F.toeplitz_matrix(ones(1, 3), 8), ValueError,
        "toeplitz_matrix expects weight of shape (F,); got (1, 3).",
    ),
    Message(
        lambda: F.toeplitz_matrix(ones(3), 8.0), TypeError, "n_in is a whole number; got 8.0.",
    ),
]

HEADS = [
    Message(
        lambda: F.fc_to_conv(ones(4, 2, 3), (2, 3, 1)), ValueError,
        "fc_to_conv expects weight of shape (n_out, C*H*W); got (4, 2, 3).",
    ),
    Message(
        lambda: F.fc_to_conv(ones(4, 6), (2, 3)), ValueError,
        "image_shape is a triple (C, H, W); got (2, 3).",
    ),
    Message(
        lambda: F.fc_to_conv(ones(4, 6), (2, 3, 0)), ValueError,
        "image_shape must be at least 1; got 0.",
    ),
    Message(
        lambda: F.fc_to_conv(ones(24, 4), (2, 3, 4)), ValueError,
        "fc_to_conv expects weight with 2 * 3 * 4 = 24 columns for images of shape (2, 3, 4); "
        "got weight of shape (24, 4).",
    ),
    Message(
        lambda: F.gap_head(ones(2, 3, 4, 5), ones(6, 4)), ValueError,
        "gap_head expects x with 4 channels of at least one pixel, because weight has shape "
        "(6, 4); got x of shape (2, 3, 4, 5).",
    ),
    Message(
        lambda: F.gap_head(ones(2, 3, 0, 5), ones(6, 3)), ValueError,
        "gap_head expects x with 3 channels of at least one pixel, because weight has shape "
        "(6, 3); got x of shape (2, 3, 0, 5).",
    ),
    Message(
        lambda: F.gap_head(ones(2, 3, 4, 5), ones(6, 3), ones(3)), ValueError,
        "gap_head expects bias of shape (6,); got (3,).",
    ),
    Message(
        lambda: F.gap_head_backward(ones(2, 3), ones(2, 3, 4, 5), ones(6, 3)), ValueError,
        "gap_head_backward expects grad_output of shape (2, 6); got (2, 3).",
    ),
]

MESSAGES = TRANSPOSED + DEFORMED + SPARSE + MATRICES + HEADS


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text[:60])
def test_message(message: Message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    assert unread_raises(MODULES, MESSAGES) == []
