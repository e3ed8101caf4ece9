"""Every complaint of course_lib.training, word for word.

What is said of checkpoints that do not fit stands with the checkpoints.
"""

from __future__ import annotations

import atexit
import importlib
import pkgutil
import shutil
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest

from course_lib import layers, optim, training
from course_lib.data import DataLoader
from course_lib.models import write_state
from course_lib.training import EarlyStopping, evaluate, fit, train
from tests.course_lib.messages import Message, check, unread_raises
from tests.course_lib.test_training import X, Y, loader, network
from tests.course_lib.training_run import X as DIGITS
from tests.course_lib.training_run import Y as LABELS
from tests.course_lib.training_run import run

TMP = Path(mkdtemp(prefix="course-training-"))
atexit.register(shutil.rmtree, TMP, ignore_errors=True)
NET = network()
SGD = optim.SGD(NET.parameters(), 0.1)
write_state(TMP / "there", {"w": np.ones(2)})


def fitted(source=None, **settings):
    return fit(NET, (X, Y) if source is None else source,
               **{"epochs": 1, "show": "nothing", **settings})


def diverging(x, rate: float):
    net = network()
    return list(train(net, [(x, X[:, :3])] * 20, optim.SGD(net.parameters(), rate),
                      loss="mse_loss"))


SPOILED = np.where(np.arange(6) == 2, np.nan, X)
LABELLED = np.where(np.arange(50) == 31, 3, Y)
MESSAGES = [
    # what train is given
    Message(
        lambda: train(lambda x: x, loader(), SGD), TypeError,
        "train expects a network of course_lib.layers; got a function. "
        "Let your own class inherit from layers.Layer.",
    ),
    Message(
        lambda: train(NET, loader(), 0.1), TypeError,
        "train expects an optimiser; got 0.1. Did you mean optim.SGD(model.parameters(), lr=0.1)?",
    ),
    Message(
        lambda: train(network(), loader(), SGD), ValueError,
        "The optimiser holds parameters that are not in this network, so the network would not "
        "learn. Make the optimiser with model.parameters() of the network you train.",
    ),
    Message(
        lambda: train(NET, loader(), SGD, schedule=optim.ReduceLROnPlateau(SGD)), TypeError,
        "train expects a schedule that goes by epochs, such as optim.StepLR; got "
        "ReduceLROnPlateau. ReduceLROnPlateau needs a test: use fit.",
    ),
    Message(
        lambda: train(NET, loader(), SGD,
                      schedule=optim.StepLR(optim.SGD(NET.parameters()), 1)), ValueError,
        "The schedule changes the learning rate of another optimiser. Make it with the one that "
        "trains.",
    ),
    Message(
        lambda: train(NET, iter([(X, Y)]), SGD), TypeError,
        "train expects batches that can be gone through once an epoch, a DataLoader or a list of "
        "pairs (x, y); got list_iterator.",
    ),
    Message(
        lambda: train(NET, [], SGD), ValueError,
        "train expects at least one batch; got an empty list.",
    ),
    Message(
        lambda: train(NET, [(X, Y), (X[:0], Y[:0])], SGD), ValueError,
        "train expects every batch to be a pair (x, y) with at least one sample; batch 1 is not.",
    ),
    Message(
        lambda: train(NET, [X, Y], SGD), ValueError,
        "train expects every batch to be a pair (x, y) with at least one sample; batch 0 is not.",
    ),
    Message(
        lambda: train(NET, loader(), SGD, epochs=0), ValueError,
        "epochs must be at least 1; got 0.",
    ),
    # data that does not fit the network
    Message(
        lambda: train(NET, loader(X[:, :4]), SGD), ValueError,
        "Linear expects x with 6 features; got shape (1, 4). Did you mean Linear(4, 8)?",
    ),
    Message(
        lambda: train(NET, loader((X > 0).astype(np.uint8)), SGD), TypeError,
        "train expects samples in float32 or float64; got uint8. "
        "Bytes from 0 to 255 learn best as x / 255.",
    ),
    Message(
        lambda: train(NET, loader(y=LABELLED), SGD), ValueError,
        "Sample 31 has the label 3; the network has 3 outputs, for labels from 0 to 2. "
        "Give it another output, or mend the labels.",
    ),
    Message(
        lambda: train(NET, loader(y=Y.astype(float)), SGD), TypeError,
        "cross_entropy expects targets to be whole numbers, the classes; got float64. "
        "Say targets.astype(int) if they are whole.",
    ),
    Message(
        lambda: fitted(validation=(X, LABELLED), rng=np.random.default_rng(0)), ValueError,
        "Sample 31 has the label 3; the network has 3 outputs, for labels from 0 to 2. "
        "Give it another output, or mend the labels.",
    ),
    # losses
    Message(
        lambda: train(NET, loader(), SGD, loss="crossentropy"), ValueError,
        "loss is one of 'cross_entropy', 'hinge', 'mse_loss', 'l1_loss', "
        "'binary_cross_entropy_with_logits'; got 'crossentropy'.",
    ),
    Message(
        lambda: train(NET, loader(), SGD, loss=3), TypeError,
        "loss is a name, or a pair of functions (f, f_backward); got 3. "
        'Did you mean loss="cross_entropy"?',
    ),
    # a loss that is no number
    Message(
        lambda: diverging(SPOILED, 0.1), training.TrainingDiverged,
        "The loss is nan, because the samples of this batch hold nan or infinite values. "
        "Look at the data: np.isfinite(x).all().",
    ),
    Message(
        lambda: diverging(X, 50), training.TrainingDiverged,
        "The loss is inf: the weights have grown too large. Start again with new weights and a "
        "smaller learning rate than 50, a tenth of it, say. Does that not help, look at the data "
        "(from 0 to 1, or with mean 0 and standard deviation 1?) and at the first weights "
        "(init.he for ReLU).",
    ),
    # evaluate
    Message(
        lambda: evaluate(NET, X, Y[:9]), ValueError,
        "evaluate expects samples x and as many targets y, at least one; got shapes (50, 6) and "
        "(9,).",
    ),
    Message(
        lambda: evaluate(NET, X, Y, batch_size=0), ValueError,
        "batch_size must be at least 1; got 0.",
    ),
    # what fit is given
    Message(
        lambda: fitted(X), TypeError,
        "fit expects a DataLoader, a Dataset or a pair (x, y) of samples and targets; got ndarray.",
    ),
    Message(
        lambda: fitted(), TypeError,
        "Shuffling and augmentation need a random generator; got rng=None. "
        "Did you mean rng=np.random.default_rng(0), or shuffle=False?",
    ),
    Message(
        lambda: fitted(batch_size=0, rng=np.random.default_rng(0)), ValueError,
        "batch_size must be at least 1; got 0.",
    ),
    Message(
        lambda: fitted((X[:0], Y[:0]), rng=np.random.default_rng(0)), ValueError,
        "DataLoader expects at least one sample; got x of shape (0, 6) and y of shape (0,).",
    ),
    Message(
        lambda: fitted(loader(), batch_size=4), ValueError,
        "A DataLoader has its own batch_size and rng; leave those of fit out.",
    ),
    Message(
        lambda: fitted(loader(), validation=X), TypeError,
        "validation is a pair (x, y) or a DataLoader; got ndarray.",
    ),
    Message(
        lambda: fitted(loader(), validation=(X[:0], Y[:0])), ValueError,
        "DataLoader expects at least one sample; got x of shape (0, 6) and y of shape (0,).",
    ),
    Message(
        lambda: fitted(show="dots"), ValueError,
        "show is 'bar', 'lines' or 'nothing'; got 'dots'.",
    ),
    Message(
        lambda: fitted(early_stopping=3, validation=(X, Y)), TypeError,
        "early_stopping is training.EarlyStopping(patience=3), say; got 3.",
    ),
    Message(
        lambda: fitted(early_stopping=EarlyStopping()), ValueError,
        "Early stopping looks at validation data; got none. Say validation=(x, y).",
    ),
    Message(
        lambda: fitted(every=10), ValueError,
        "every says how often a checkpoint is written; got no checkpoint=PATH.",
    ),
    Message(
        lambda: fitted(every=0, checkpoint=TMP / "new"), ValueError,
        "every must be at least 1; got 0.",
    ),
    Message(
        lambda: fitted(loader(), checkpoint=TMP / "there"), FileExistsError,
        "there is there already. Say resume=True to go on from it, or delete it.",
    ),
    Message(
        lambda: fitted(loader(), checkpoint=TMP / "no" / "run"), FileNotFoundError,
        f"The folder {TMP / 'no'} for checkpoints is not there. Make it.",
    ),
    Message(
        lambda: run(TMP / "there"), ValueError,
        "there is no checkpoint of this training: it has no 'plain'. Go on with the network, the "
        "data and the settings that it was written with, or delete it.",
    ),
    # early stopping
    Message(
        lambda: EarlyStopping(watch="val_loss"), ValueError,
        "watch is 'loss' or 'accuracy'; got 'val_loss'.",
    ),
    Message(lambda: EarlyStopping(0), ValueError, "patience must be at least 1; got 0."),
    Message(lambda: EarlyStopping(least=-1), ValueError, "least must be at least 0; got -1."),
]
MODULES = [
    importlib.import_module(f"course_lib.training.{each.name}")
    for each in pkgutil.iter_modules(training.__path__)
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text.replace(str(TMP), "")[:60])
def test_message(message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    assert unread_raises(MODULES, MESSAGES) == []


def test_what_is_refused_changes_nothing_and_writes_nothing() -> None:
    before = NET.state_dict()
    for message in MESSAGES:
        check(message)
    np.testing.assert_equal(NET.state_dict(), before)
    assert [path.name for path in TMP.iterdir()] == ["there"]


def test_a_label_beyond_the_outputs_is_found_before_the_first_step() -> None:
    labels = np.where(np.arange(len(LABELS)) == len(LABELS) - 1, 10, LABELS)
    net = layers.Sequential(
        layers.Flatten(), layers.Linear(64, 10, rng=np.random.default_rng(0), dtype=np.float32)
    )
    source = DataLoader(DIGITS, labels, 32, shuffle=False)
    with pytest.raises(ValueError, match=f"Sample {len(LABELS) - 1} has the label 10"):
        fit(net, source, epochs=1, checkpoint=TMP / "new", every=1)
    assert not (TMP / "new").exists()
