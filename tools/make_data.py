"""Make the files of data/ from the packages and archives they come from, and list their sums.

    python -m tools.make_data SITE_PACKAGES [NUCLEI]

SITE_PACKAGES: a folder into which pip has put scikit-learn 1.9.1 and scikit-image 0.26.0 (a
temporary environment will do; the course needs neither). NUCLEI: the npz of DSB2018 images that
data/README.md describes; without it nuclei.npz stays as it is. The sources are checked by their
SHA-256, so the same bytes come out, up to the version of zlib.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import sys
import tomllib
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from course_lib.arrays import Array
from tools.notebooks import ROOT

DATA = ROOT / "data"
DIGITS = ("sklearn/datasets/data/digits.csv.gz",
          "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22")
PHOTOGRAPHS = {
    "camera": "b0793d2adda0fa6ae899c03989482bff9a42d3d5690fc7e3648f2795d730c23a",
    "chelsea": "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb",
    "coffee": "cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7",
    "brick": "7966caf324f6ba843118d98f7a07746d22f6a343430add0233eca5f6eaaa8fcf",
}
NUCLEI = "d5668ab447b55da9fac43920de7c5ca0d0392f5b533f04ae8316a24f4ee49176"
FONTS = (
    "DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSansMono",
    "DejaVuSansMono-Oblique", "DejaVuSerif", "DejaVuSerif-Italic", "DejaVuSerif-Bold",
)
GLYPH_SIDE, GLYPH_HEIGHT = 32, 24
NUCLEI_SIDE, N_TRAIN, N_TEST = 128, 32, 8


def checked(path: Path, sha256: str) -> Path:
    """`path`, if its bytes are the expected ones. Raises ValueError if not."""
    got = hashlib.sha256(path.read_bytes()).hexdigest()
    if got != sha256:
        raise ValueError(f"{path} has the SHA-256 {got}; expected {sha256}. Another version?")
    return path


def digits(site_packages: Path) -> dict[str, Array]:
    """The 1,797 digits of 8 x 8 pixels, values 0 to 16, in the order of the source."""
    path, sha256 = DIGITS
    with gzip.open(checked(site_packages / path, sha256), "rt") as file:
        table = np.loadtxt(file, delimiter=",").astype(np.uint8)
    return {"images": table[:, :-1].reshape(-1, 8, 8), "labels": table[:, -1]}


def photographs(site_packages: Path) -> dict[str, Array]:
    """Four photographs, halved or cut to about 256 x 256 pixels; see data/README.md."""
    folder = site_packages / "skimage" / "data"
    full = {
        name: np.asarray(Image.open(checked(folder / f"{name}.png", sha256)))
        for name, sha256 in PHOTOGRAPHS.items()
    }
    return {
        "camera": halved(full["camera"]),
        "chelsea": full["chelsea"][22:278, 100:356, :3],
        "coffee": halved(full["coffee"][..., :3]),
        "brick": halved(full["brick"]),
    }


def halved(image: Array) -> Array:
    """Means of 2 x 2 pixels, rounded."""
    rows, columns = image.shape[0] // 2, image.shape[1] // 2
    blocks = image[: 2 * rows, : 2 * columns].reshape(rows, 2, columns, 2, -1).astype(float)
    small = np.rint(blocks.mean(axis=(1, 3))).astype(np.uint8)
    return small[..., 0] if image.ndim == 2 else small


def glyphs() -> dict[str, Array]:
    """The ten digits in each of the DejaVu fonts: (font, digit, rows, columns), white on black."""
    spec = importlib.util.find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("The fonts lie in Matplotlib, which is not installed.")
    folder = Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"
    drawn = [[glyph(folder / f"{font}.ttf", str(digit)) for digit in range(10)] for font in FONTS]
    return {"glyphs": np.array(drawn)}


def glyph(font: Path, text: str) -> Array:
    """One character, as high as GLYPH_HEIGHT, in the middle of a square."""
    large = ImageFont.truetype(str(font), 160)
    left, top, right, bottom = large.getbbox(text)
    canvas = Image.new("L", (round(right - left), round(bottom - top)))
    ImageDraw.Draw(canvas).text((-left, -top), text, fill=255, font=large)
    width = max(1, round(canvas.width * GLYPH_HEIGHT / canvas.height))
    small = canvas.resize((width, GLYPH_HEIGHT), Image.Resampling.BOX)
    square = Image.new("L", (GLYPH_SIDE, GLYPH_SIDE))
    square.paste(small, ((GLYPH_SIDE - width) // 2, (GLYPH_SIDE - GLYPH_HEIGHT) // 2))
    return np.asarray(square)


def nuclei(source: Path) -> dict[str, Array]:
    """The middle 128 x 128 pixels of the first images in which at least three nuclei are whole."""
    middle = slice((256 - NUCLEI_SIDE) // 2, (256 + NUCLEI_SIDE) // 2)
    cut: dict[str, Array] = {}
    with np.load(checked(source, NUCLEI), allow_pickle=False) as found:
        for part, wanted in (("train", N_TRAIN), ("test", N_TEST)):
            images = found[f"x_{part}"][:, middle, middle]
            masks = found[f"lab_{part}"][:, middle, middle]
            rich = [i for i, mask in enumerate(masks) if len(np.unique(mask)) > 3][:wanted]
            cut |= {f"x_{part}": images[rich], f"masks_{part}": masks[rich]}
    return cut


def list_sums() -> None:
    """Write the sizes and sums of the files into manifest.toml, and leave its words alone."""
    manifest = DATA / "manifest.toml"
    text = manifest.read_text(encoding="utf-8")
    for name, entry in tomllib.loads(text)["files"].items():
        content = (DATA / name).read_bytes()
        before, head, after = text.partition(f'[files."{name}"]')
        sha256 = hashlib.sha256(content).hexdigest()
        after = after.replace(f'sha256 = "{entry["sha256"]}"', f'sha256 = "{sha256}"', 1)
        after = after.replace(f"bytes = {entry['bytes']}", f"bytes = {len(content)}", 1)
        text = before + head + after
    manifest.write_text(text, encoding="utf-8")


def main(arguments: list[str]) -> int:
    if len(arguments) not in (1, 2):
        print(__doc__)
        return 2
    site_packages = Path(arguments[0])
    made = {
        "digits8x8": digits(site_packages),
        "photographs": photographs(site_packages),
        "glyphs": glyphs(),
    }
    if len(arguments) == 2:
        made["nuclei"] = nuclei(Path(arguments[1]))
    for name, arrays in made.items():
        np.savez_compressed(DATA / f"{name}.npz", allow_pickle=False, **arrays)
        print(f"make_data: {name}.npz", *(f"{key} {a.shape}" for key, a in arrays.items()))
    list_sums()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
