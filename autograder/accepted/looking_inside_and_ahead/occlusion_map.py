"""Unusual and right ways to cover an image place by place."""

import numpy as np


def one_image_at_a_time(predict, x, k, size, stride=1, baseline=0.0):
    """Covers, predicts, and puts back what was there; a list of rows."""
    image = np.array(x)
    whole = predict(image[np.newaxis])[0][k]
    rows = []
    for top in range(0, image.shape[1] - size + 1, stride):
        row = []
        for left in range(0, image.shape[2] - size + 1, stride):
            window = (slice(None), slice(top, top + size), slice(left, left + size))
            kept = image[window].copy()
            image[window] = baseline
            row.append(float(whole - predict(image[np.newaxis])[0][k]))
            image[window] = kept
        rows.append(row)
    return rows


def with_masks(predict, x, k, size, stride=1, baseline=0.0):
    """One mask for each place, all images in one batch."""
    rows, cols = np.arange(x.shape[1]), np.arange(x.shape[2])
    tops = np.arange(0, x.shape[1] - size + 1, stride)
    lefts = np.arange(0, x.shape[2] - size + 1, stride)
    down = (rows >= tops[:, None]) & (rows < tops[:, None] + size)
    across = (cols >= lefts[:, None]) & (cols < lefts[:, None] + size)
    mask = down[:, None, :, None] & across[None, :, None, :]
    images = np.where(mask[:, :, np.newaxis], float(baseline), x)
    scores = predict(images.reshape(-1, *x.shape))[:, k]
    return predict(x[np.newaxis])[0, k] - scores.reshape(len(tops), len(lefts))
