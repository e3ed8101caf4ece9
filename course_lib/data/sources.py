"""What can be downloaded: addresses, sizes and SHA-256 of the published files.

Every file is checked against these sums whether it came by https, by plain http or by hand.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RemoteFile:
    """One published file."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Source:
    """A data set: where it is published and which files it has.

    command: how `python -m course_lib.data` calls it, and the folder it lies in.
    """

    command: str
    title: str
    mirrors: tuple[str, ...]
    files: tuple[RemoteFile, ...]


MNIST = Source(
    "mnist",
    "MNIST",
    (
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
        "https://storage.googleapis.com/cvdf-datasets/mnist/",
        "http://yann.lecun.com/exdb/mnist/",
    ),
    (
        RemoteFile("train-images-idx3-ubyte.gz", 9912422,
                   "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
        RemoteFile("train-labels-idx1-ubyte.gz", 28881,
                   "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
        RemoteFile("t10k-images-idx3-ubyte.gz", 1648877,
                   "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
        RemoteFile("t10k-labels-idx1-ubyte.gz", 4542,
                   "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
    ),
)
FASHION_MNIST = Source(
    "fashion_mnist",
    "Fashion-MNIST",
    (
        "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    ),
    (
        RemoteFile("train-images-idx3-ubyte.gz", 26421880,
                   "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
        RemoteFile("train-labels-idx1-ubyte.gz", 29515,
                   "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
        RemoteFile("t10k-images-idx3-ubyte.gz", 4422102,
                   "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
        RemoteFile("t10k-labels-idx1-ubyte.gz", 5148,
                   "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
    ),
)
CIFAR10 = Source(
    "cifar10",
    "CIFAR-10",
    ("https://www.cs.toronto.edu/~kriz/",),
    (
        # The binary version: the Python version is made of pickles.
        RemoteFile("cifar-10-binary.tar.gz", 170052171,
                   "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"),
    ),
)
# Balanced parts of CIFAR-10, for tests; never downloaded, only found in COURSE_DATA.
CIFAR10_SUBSETS = (
    RemoteFile("cifar10_subset_5000_1000_seed0.npz", 17043293,
               "b902ece5191de458875bf0ec21b7fe9d838d7db4827cc02942e097dcb7185e9f"),
    RemoteFile("cifar10_subset_1000_200_seed0.npz", 3397140,
               "e18c151e701f9a5cf0e102c8b8a2949d4f33d8d9290f8e3fab31c8c42d469d1e"),
)
SOURCES = {source.command: source for source in (MNIST, FASHION_MNIST, CIFAR10)}
