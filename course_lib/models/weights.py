"""States of networks in files: safetensors, which holds numbers and can hold nothing else.

Never pickle: opening one runs whatever program is in it.
"""

import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import load_file, save_file

from course_lib.arrays import Array
from course_lib.layers import Layer

PICKLES = {b"PK\x03\x04": "a zip file", b"\x80": "a pickle"}
"""How files begin that PyTorch's torch.save has written, now and formerly."""


def write_state(
    path: str | os.PathLike[str],
    state: Mapping[str, Array],
    metadata: Mapping[str, str] | None = None,
) -> None:
    """Write arrays of any shape, by name, to a file, all or nothing.

    The file appears under its name when it is complete; one that was there is replaced.
    metadata: words about them, by name. Raises TypeError for what is no array of numbers.
    """
    path = Path(path)
    arrays = {name: _storable(name, array) for name, array in state.items()}
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        save_file(arrays, unfinished, dict(metadata) if metadata else None)
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def read_state(path: str | os.PathLike[str]) -> dict[str, Array]:
    """The arrays of a file by name, of the shapes they were written with.

    Raises ValueError for a file of any other kind.
    """
    path = Path(path)
    with path.open("rb") as file:
        start = file.read(9)
    for magic, kind in PICKLES.items():
        # A safetensors file begins with a length of eight bytes, any, and goes on with "{".
        if start.startswith(magic) and start[8:] != b"{":
            raise ValueError(
                f"read_state expects a safetensors file; {path.name} is {kind}, as torch.save "
                "writes. It may run programs when it is opened, so it is not. Where you trust "
                "it, write it anew with safetensors.torch.save_file(model.state_dict(), ...)."
            )
    try:
        return load_file(path)
    except (SafetensorError, KeyError, TypeError, ValueError) as error:
        raise ValueError(
            f"read_state expects a safetensors file with numbers that NumPy knows; got "
            f"{path.name} ({error}). Is it complete? Download or write it again."
        ) from None


def read_metadata(path: str | os.PathLike[str]) -> dict[str, str]:
    """The words that write_state put beside the arrays of a file; raises as read_state does."""
    read_state(path)    # says what is wrong with a file
    with safe_open(path, framework="numpy") as file:
        return dict(file.metadata() or {})


def save_weights(
    path: str | os.PathLike[str], model: Layer, metadata: Mapping[str, str] | None = None
) -> None:
    """Write the state of a network, parameters and running statistics, to a file.

    metadata and what is raised as for write_state.
    """
    write_state(path, model.state_dict(), metadata)


def load_weights(path: str | os.PathLike[str], model: Layer) -> None:
    """Give a network the state in a file; its dtypes stay.

    Raises ValueError for a file of another kind and for entries that are missing, unknown or
    misshapen, which it names; then the network is as it was.
    """
    state = read_state(path)
    try:
        model.load_state_dict(state)
    except ValueError as error:
        raise ValueError(f"{Path(path).name} does not fit. {error}") from None


def _storable(name: str, array: Array) -> Array:
    stored = np.asarray(array, order="C")  # safetensors writes the memory as it lies
    if stored.dtype.kind not in "fiub" or stored.dtype.itemsize > 8:
        raise TypeError(
            f"write_state expects {name} to be an array of numbers; got dtype {stored.dtype}."
        )
    return stored
