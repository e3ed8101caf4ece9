"""The tripwire: the library's own answer is not to be had while an exercise is judged."""

from __future__ import annotations

import sys
import types
from typing import Any

import numpy as np
import pytest

from course_lib import functional, layers
from course_lib.checks.tripwire import (
    LibraryAnswer,
    answers_of,
    library_names,
    prepare,
    withheld,
)


def returns_it(x: Any) -> Any:
    y = np.asarray(x)
    return functional.relu(y)


def returns_two(x: Any) -> Any:
    return functional.relu(x), functional.relu_backward(x, x)


def uses_it_on_the_way(x: Any) -> Any:
    y = functional.relu(x)
    return y + 1


@pytest.mark.parametrize(
    ("reference", "names"),
    [
        (functional.conv2d, ["conv2d"]),
        (returns_it, ["relu"]),
        (returns_two, ["relu", "relu_backward"]),
        (uses_it_on_the_way, []),
        (np.sum, []),
        (eval("lambda x: x"), []),
    ],
)
def test_the_answer_is_what_the_reference_returns_as_it_is(
    reference: Any, names: list[str]
) -> None:
    assert [each.__name__ for each in answers_of(reference)] == names


def notebook(code: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(code, names)
    return names


@pytest.mark.parametrize(
    "code",
    [
        "from course_lib import functional\ndef relu(x): return functional.relu(x)",
        "from course_lib.functional import relu as theirs\ndef relu(x): return theirs(x)",
        "import course_lib.functional\ndef relu(x): return course_lib.functional.relu(x)",
        "from course_lib.functional import activation\n"
        "def relu(x): return [activation.relu(v) for v in x]",
        "from course_lib.functional import relu",
    ],
)
def test_a_call_from_the_notebook_is_refused_and_only_in_the_block(code: str) -> None:
    names = notebook(code)
    x = np.ones(2)
    words = "relu is what you are asked to write yourself"
    with withheld(returns_it, names), pytest.raises(LibraryAnswer, match=words):
        eval("relu(x)", names, {"x": x})
    assert np.array_equal(eval("relu(x)", names, {"x": x}), x)
    assert names.get("theirs", functional.relu) is functional.relu


def test_the_library_itself_goes_on_calling_it() -> None:
    names = notebook("from course_lib.layers import ReLU\ndef relu(x): return ReLU().forward(x)")
    with withheld(returns_it, names):
        assert np.array_equal(names["relu"](np.ones(2)), np.ones(2))
        assert np.array_equal(layers.ReLU().forward(np.ones(2)), np.ones(2))


def test_a_module_of_the_library_that_is_loaded_later_is_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = notebook("import sys\ndef relu(x): return sys.modules['course_lib.late'].theirs(x)")
    with withheld(returns_it, names):
        pass
    late = types.ModuleType("course_lib.late")
    late.theirs = functional.relu  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "course_lib.late", late)
    with withheld(returns_it, names), pytest.raises(LibraryAnswer):
        names["relu"](np.ones(2))
    assert late.theirs is functional.relu


def test_what_was_prepared_is_withheld_as_anything_else() -> None:
    prepare([returns_it])
    names = notebook("from course_lib import functional\ndef relu(x): return functional.relu(x)")
    with withheld(returns_it, names), pytest.raises(LibraryAnswer):
        names["relu"](np.ones(2))


def test_what_a_function_names_of_the_library_is_told() -> None:
    names = notebook(
        "import numpy as np\nfrom course_lib import layers, functional as F\n"
        "def helper(x): return F.pad(x) if x is None else layers.ReLU().forward(x)\n"
        "def mine(x): return [helper(each) for each in np.asarray(x)]\n"
        "def other(x): return np.maximum(x, 0)\n"
    )
    assert library_names(names["mine"], names) == ["course_lib.layers.activation.ReLU"]
    assert library_names(names["other"], names) == []
    assert library_names(print, names) == []
