"""States in files: what is written is read, what does not fit is named, no program is run."""

from __future__ import annotations

import importlib
import pickle
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from course_lib import models
from course_lib.init import zeros
from course_lib.models import (
    load_weights,
    read_metadata,
    read_state,
    save_weights,
    weights,
    write_state,
)
from tests.course_lib.messages import Message, check, unread_raises


def lenet(seed: int = 0):
    return models.lenet5(rng=np.random.default_rng(seed))


def test_a_network_comes_back_from_its_file(tmp_path: Path) -> None:
    first, second = lenet(1), lenet(2)
    x = np.random.default_rng(3).standard_normal((2, 1, 32, 32), dtype=np.float32)
    save_weights(tmp_path / "lenet.safetensors", first)
    load_weights(tmp_path / "lenet.safetensors", second)
    np.testing.assert_array_equal(first.forward(x), second.forward(x))
    assert [path.name for path in tmp_path.iterdir()] == ["lenet.safetensors"]


def test_arrays_come_back_whatever_their_layout(tmp_path: Path) -> None:
    table = np.arange(12.0, dtype=np.float32).reshape(3, 4)
    state = {
        "turned": table.T, "reversed": table[::-1, ::-2], "one number": np.array(3),
        "empty": np.zeros((0, 2)), "bytes": np.arange(3, dtype=np.uint8),
    }
    write_state(tmp_path / "state", state)
    found = read_state(tmp_path / "state")
    assert found.keys() == state.keys()
    for name, array in state.items():
        np.testing.assert_array_equal(found[name], array)
        assert (found[name].dtype, found[name].shape) == (array.dtype, array.shape)


def test_words_lie_beside_the_arrays(tmp_path: Path) -> None:
    save_weights(tmp_path / "net", lenet(), {"seed": "0", "accuracy": "0.9912"})
    assert read_metadata(tmp_path / "net") == {"seed": "0", "accuracy": "0.9912"}
    load_weights(tmp_path / "net", lenet(1))
    write_state(tmp_path / "net", {"a": np.ones(3)})
    assert read_metadata(tmp_path / "net") == {}


def test_a_length_that_looks_like_a_pickle_is_no_harm(tmp_path: Path) -> None:
    path, begins = tmp_path / "state", set()
    for length in range(0, 400, 8):
        write_state(path, {"w" * (length + 1): np.ones(2)})
        begins.add(path.read_bytes()[:1])
        assert len(read_state(path)) == 1
    assert b"\x80" in begins


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "state"
    write_state(path, {"a": np.ones(3)})

    def full(arrays, file, metadata):
        Path(file).write_bytes(b"half")
        raise OSError("the disk is full")

    monkeypatch.setattr(weights, "save_file", full)
    with pytest.raises(OSError, match="full"):
        write_state(path, {"a": np.zeros(3)})
    assert [each.name for each in tmp_path.iterdir()] == ["state"]
    np.testing.assert_array_equal(read_state(path)["a"], np.ones(3))


def test_a_refused_file_leaves_the_network(tmp_path: Path) -> None:
    net, path = lenet(), tmp_path / "other"
    before = net.state_dict()
    save_weights(path, models.lenet5("rwth", rng=np.random.default_rng(1)))
    with pytest.raises(ValueError, match="does not fit"):
        load_weights(path, net)
    for name, array in net.state_dict().items():
        np.testing.assert_array_equal(array, before[name])


class Trap:
    """What pickle would call when it opens the file."""

    def __reduce__(self):
        return exec, ("raise SystemExit('a program ran')",)


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    state = lenet().state_dict()
    fewer = {k: v for k, v in state.items() if not k.startswith("fc")}
    write_state(folder / "missing", fewer)
    write_state(folder / "extra", {**state, "fc4.weight": np.ones(2), "fc4.bias": np.ones(2)})
    write_state(folder / "shape", {**state, "fc2.weight": np.ones((100, 120))})
    (folder / "pickle.pth").write_bytes(pickle.dumps(Trap()))
    with zipfile.ZipFile(folder / "zip.pth", "w") as archive:
        archive.writestr("data.pkl", pickle.dumps(Trap()))
    whole = (folder / "shape").read_bytes()
    (folder / "cut").write_bytes(whole[:-5])
    (folder / "empty").write_bytes(b"")
    half = b'{"w":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}}'
    (folder / "bf16").write_bytes(len(half).to_bytes(8, "little") + half + b"\0\0")
    return folder


COMPLETE = "Is it complete? Download or write it again."
KIND = "read_state expects a safetensors file with numbers that NumPy knows; got "
PROGRAM = (
    "as torch.save writes. It may run programs when it is opened, so it is not. Where you trust "
    "it, write it anew with safetensors.torch.save_file(model.state_dict(), ...)."
)
NAMES = "Sequential expects a state with the names of its parameters; "
OTHER = " Is it the state of another network?"
REFUSED = {
    "missing":
        f"missing does not fit. {NAMES}missing: fc1.weight, fc1.bias, fc2.weight and more.{OTHER}",
    "extra": f"extra does not fit. {NAMES}unknown: fc4.bias, fc4.weight.{OTHER}",
    "shape":
        "shape does not fit. Sequential expects fc2.weight of shape (84, 120); got (100, 120)."
        f"{OTHER}",
    "pickle.pth": f"read_state expects a safetensors file; pickle.pth is a pickle, {PROGRAM}",
    "zip.pth": f"read_state expects a safetensors file; zip.pth is a zip file, {PROGRAM}",
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_wrong_file_is_refused_by_name(name: str, files: Path) -> None:
    check(Message(lambda: load_weights(files / name, lenet()), ValueError, REFUSED[name]))


@pytest.mark.parametrize("name", ["cut", "empty", "bf16"])
def test_a_damaged_file_is_refused(name: str, files: Path) -> None:
    with pytest.raises(ValueError, match="expects a safetensors file") as caught:
        load_weights(files / name, lenet())
    text = str(caught.value)
    assert text.startswith(f"{KIND}{name} (")
    assert text.endswith(COMPLETE)


def test_what_is_no_number_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "state"
    for array, dtype in ((np.array(["a"]), "<U1"), (np.array([None]), "object")):
        text = f"write_state expects w to be an array of numbers; got dtype {dtype}."
        check(Message(lambda a=array: write_state(path, {"w": a}), TypeError, text))
    assert not path.exists()


def test_every_message_is_read(files: Path) -> None:
    calls = [lambda name=name: load_weights(files / name, lenet()) for name in REFUSED]
    calls += [lambda: read_state(files / "pickle.pth"), lambda: read_state(files / "cut")]
    calls += [lambda: write_state(files / "w", {"w": np.array(["a"])})]
    messages = [Message(call, Exception, "") for call in calls]
    assert unread_raises([importlib.import_module("course_lib.models.weights")], messages) == []


def test_a_network_of_zeros_takes_next_to_no_memory() -> None:
    """25 million numbers, 100 MB and as much for their gradients, are counted in 30 MB."""
    assert zeros((2, 2)).sum() == 0
    code = """if True:
        import numpy, psutil
        from course_lib import init, models, shapes
        here = psutil.Process()
        before = here.memory_info().rss
        net = models.mlp((5000, 5000, 10), rng=numpy.random.default_rng(0), init=init.zeros)
        assert shapes.count_params(net) == 25_055_010
        print((here.memory_info().rss - before) / 1e6)"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 30
