"""The MNIST command: a line an epoch, a figure at the end, weights with their story.

It runs here on the bundled digits, as it does for everybody without MNIST.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from course_lib import data, models
from course_lib.training import evaluate, mnist
from course_lib.training.recipes import RECIPES


@pytest.fixture(autouse=True)
def _no_mnist(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.delenv("COURSE_DATA", raising=False)
    monkeypatch.setattr(
        mnist, "load_mnist_or_digits", lambda: data.load_mnist_or_digits(cache=tmp_path / "cache")
    )


def test_without_mnist_it_says_so_and_reads_the_bundled_digits(capsys) -> None:
    assert mnist.main(["--model", "mlp", "--seed", "7", "--epochs", "3"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("MNIST is not on this computer (`python -m course_lib.data mnist`")
    assert lines[1] == (
        "mlp, seed 7: 1,437 images (digits of 8 x 8 pixels, enlarged to 28 x 28); validation means "
        "the 360 test images"
    )
    assert [line[:10] for line in lines[2:5]] == ["epoch 1/3 ", "epoch 2/3 ", "epoch 3/3 "]
    assert lines[5].startswith("mlp, seed 7: ") and " % of the test images right, " in lines[5]
    assert len(lines) == 6
    share = float(lines[5].removeprefix("mlp, seed 7: ").partition(" %")[0])
    assert share > 80
    assert f"validation accuracy {share:.2f} %" in lines[4]


def test_saved_weights_tell_how_they_came_about(tmp_path: Path, capsys) -> None:
    path = tmp_path / "net.safetensors"
    words = ["--model", "mlp", "--epochs", "1", "--augment", "--fast", "--save", str(path)]
    assert mnist.main(words) == 0
    story = models.read_metadata(path)
    network = models.mlp(rng=np.random.default_rng(0))
    models.load_weights(path, network)
    digits = data.enlarged_digits()
    share = evaluate(network, digits.x_test, digits.y_test).accuracy
    assert story == {
        "model": "mlp", "data": digits.name, "test_accuracy": f"{share:.4f}",
        "command": "python -m course_lib.training.mnist --model mlp --seed 0 --epochs 1 --augment "
                   "--fast --save net.safetensors",
    }


def trained(seed: int, **settings) -> tuple[np.ndarray, float]:
    """The last weights and the loss of one epoch."""
    digits = data.enlarged_digits()
    network, history = mnist.train_digits(
        RECIPES["lenet5"], digits, seed=seed, epochs=1, **settings
    )
    return network.state_dict()["fc3.weight"], history.loss[0]


def test_the_seed_decides_and_so_does_augmentation() -> None:
    weights, loss = trained(1)
    np.testing.assert_array_equal(trained(1)[0], weights)
    for other, _ in (trained(2), trained(1, augment=True)):
        assert (other != weights).any()
    np.testing.assert_allclose(trained(1, quick=True)[1], loss, rtol=0.01)


def test_it_goes_on_from_a_checkpoint(tmp_path: Path, capsys) -> None:
    words = ["--model", "mlp", "--epochs", "2", "--checkpoint", str(tmp_path / "run")]
    assert mnist.main(words) == mnist.main(words) == 0
    first, second = capsys.readouterr().out.split("mlp, seed 0: 1,437")[1:]
    assert "epoch 2/2" in first and "epoch" not in second
    assert first.splitlines()[-2].partition(",")[0] == second.splitlines()[-1].partition(",")[0]


def test_ctrl_c_saves_nothing(tmp_path: Path, capsys, monkeypatch) -> None:
    def interrupted(*arguments, **settings):
        raise KeyboardInterrupt

    monkeypatch.setattr("course_lib.training.learner.Learner.step", interrupted)
    assert mnist.main(["--model", "mlp", "--save", str(tmp_path / "net")]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "interrupted; nothing is saved"
    assert not (tmp_path / "net").exists()


def test_wrong_arguments_are_refused(capsys) -> None:
    assert mnist.main(["--epochs", "0"]) == 2
    assert capsys.readouterr().err == "--epochs must be at least 1; got 0.\n"
    assert raised_by_exit(["--model", "lenet6"]) == 2
    assert "invalid choice: 'lenet6' (choose from" in capsys.readouterr().err


def raised_by_exit(words: list[str]) -> int:
    with pytest.raises(SystemExit) as caught:
        mnist.main(words)
    return int(caught.value.code)


# ---- the weights that come with the course -----------------------------------------------------

NAMES = ("lenet5", "mlp")


@pytest.mark.parametrize("name", NAMES)
def test_trained_networks_read_digits(name: str) -> None:
    network = models.trained(name)
    assert not network.training
    digits = data.enlarged_digits()     # other people's handwriting, from another source
    bar = {"lenet5": 0.9, "mlp": 0.75}[name]
    assert evaluate(network, digits.x_test, digits.y_test).accuracy > bar


@pytest.mark.parametrize("name", NAMES)
def test_trained_networks_say_how_they_came_about(name: str) -> None:
    story = models.read_metadata(data.find_data(f"{name}_mnist.safetensors"))
    assert (story["model"], story["data"]) == (name, "MNIST")
    assert float(story["test_accuracy"]) >= {"lenet5": 0.99, "mlp": 0.982}[name]
    words = story["command"].split()
    assert words[:3] == ["python", "-m", "course_lib.training.mnist"]
    options = mnist._parser().parse_args(words[3:])
    assert options.model == name and options.save == Path(f"{name}_mnist.safetensors")
    made_by = tomllib.loads(data.find_data("manifest.toml").read_text())["files"][
        f"{name}_mnist.safetensors"]["made_by"]
    assert made_by.replace("data/", "") == story["command"]
