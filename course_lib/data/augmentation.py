"""More samples out of few: small random changes that leave the label true.

All take images (N, C, H, W) in float32 or float64 and return new ones of that shape and dtype,
each image changed in its own way. What comes in from outside is 0. They raise TypeError for
arrays that are not float or amounts that are not numbers, ValueError for other shapes and amounts
out of range.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course_lib.arrays import Array, expect_number, expect_shape, expect_whole, float_array
from course_lib.data.warping import warp_each


@dataclass(frozen=True)
class Augmentation:
    """Several changes at once, as DataLoader(augment=...) takes them: augment(images, rng=rng).

    shift: whole pixels; rotate: degrees; scale: share, 0.1 for factors from 0.9 to 1.1; flip:
    probability of a mirror image; crop: pixels of border around, of which the same size is cut;
    noise: standard deviation. 0 leaves a change out. Shift, rotation and scale are one warp, so
    images are interpolated once. Raises TypeError or ValueError for amounts out of range.
    """

    shift: int = 0
    rotate: float = 0
    scale: float = 0
    flip: float = 0
    crop: int = 0
    noise: float = 0

    def __post_init__(self) -> None:
        expect_whole("shift", self.shift, least=0)
        expect_whole("crop", self.crop, least=0)
        expect_number("rotate", self.rotate, least=0, most=180)
        expect_number("scale", self.scale, least=0, below=1)
        expect_number("flip", self.flip, least=0, most=1)
        expect_number("noise", self.noise, least=0)

    def __call__(self, images: Array, *, rng: np.random.Generator) -> Array:
        """Changed copies of images (N, C, H, W)."""
        images = _images("Augmentation", images)
        if self.crop:
            images = random_crop(images, self.crop, rng=rng)
        if self.flip:
            images = random_flip(images, self.flip, rng=rng)
        if self.shift or self.rotate or self.scale:
            images = warp_each(images, self._matrices(images.shape, rng))
        if self.noise:
            images = random_noise(images, self.noise, rng=rng)
        return images

    def _matrices(self, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
        """A (N, 3, 3): turn and scale about the middle of the image, then shift."""
        n_images, _, height, width = shape
        angle = np.deg2rad(rng.uniform(-self.rotate, self.rotate, n_images))
        factor = rng.uniform(1 - self.scale, 1 + self.scale, n_images)
        shift = rng.integers(-self.shift, self.shift + 1, (n_images, 2))
        middle = np.array([(width - 1) / 2, (height - 1) / 2])
        cos, sin = factor * np.cos(angle), factor * np.sin(angle)
        matrices = np.zeros((n_images, 3, 3))
        matrices[:, :2, :2] = np.stack([cos, -sin, sin, cos], axis=-1).reshape(-1, 2, 2)
        matrices[:, :2, 2] = middle + shift - matrices[:, :2, :2] @ middle
        matrices[:, 2, 2] = 1
        return matrices


def random_shift(images: Array, pixels: int, *, rng: np.random.Generator) -> Array:
    """Each image (C, H, W) moved by up to `pixels` whole pixels in x and in y."""
    return Augmentation(shift=pixels)(images, rng=rng)


def random_rotation(images: Array, degrees: float, *, rng: np.random.Generator) -> Array:
    """Each image (C, H, W) turned about its middle by up to `degrees` either way."""
    return Augmentation(rotate=degrees)(images, rng=rng)


def random_scale(images: Array, share: float, *, rng: np.random.Generator) -> Array:
    """Each image (C, H, W) scaled about its middle by a factor from 1 - share to 1 + share."""
    return Augmentation(scale=share)(images, rng=rng)


def random_flip(images: Array, probability: float = 0.5, *, rng: np.random.Generator) -> Array:
    """Each image (C, H, W) mirrored left to right with this probability. Not for digits."""
    images = _images("random_flip", images)
    expect_number("probability", probability, least=0, most=1)
    mirrored = rng.random(len(images)) < probability
    return np.where(mirrored[:, None, None, None], images[..., ::-1], images)


def random_crop(images: Array, padding: int, *, rng: np.random.Generator) -> Array:
    """Each image (C, H, W) padded by `padding` zeros on all sides, and its size cut out again.

    The cut is anywhere, as for CIFAR-10 in He et al. 2015: so it is a shift by whole pixels.
    """
    images = _images("random_crop", images)
    expect_whole("padding", padding, least=0)
    height, width = images.shape[-2:]
    around = [(0, 0), (0, 0), (padding, padding), (padding, padding)]
    padded = np.pad(images, around)
    top, left = rng.integers(0, 2 * padding + 1, (2, len(images)))
    cut = np.empty_like(images)
    for i, (row, column) in enumerate(zip(top, left, strict=True)):
        cut[i] = padded[i, :, row : row + height, column : column + width]
    return cut


def random_noise(images: Array, std: float, *, rng: np.random.Generator) -> Array:
    """Images (N, C, H, W) plus normal noise with standard deviation `std`; not clipped."""
    images = _images("random_noise", images)
    expect_number("std", std, least=0)
    noise = rng.standard_normal(images.shape, dtype=np.float32)
    return np.asarray(images + noise.astype(images.dtype) * images.dtype.type(std))


def _images(function: str, images: Array) -> Array:
    images = float_array(function, "images", images)
    expect_shape(function, "images", images, ("N", "C", "H", "W"))
    return images
