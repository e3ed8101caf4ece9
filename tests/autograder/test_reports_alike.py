"""Which code counts as the same: layout, comments and names say nothing, tokens do."""

from __future__ import annotations

import pytest

from autograder.reports.alike import FEWEST_TOKENS, alike, fingerprint

PLAIN = """\
def pred_succ(nodes, edges):
    pred = {}
    succ = {}
    for node in nodes:
        pred[node] = []
        succ[node] = []
    for start, end in edges:
        pred[end].append(start)
        succ[start].append(end)
    return pred, succ
"""
SPACED = PLAIN.replace("    ", "  ").replace(", ", " ,  ").replace("\n", "  # so\n\n")
DOCUMENTED = PLAIN.replace("edges):\n", 'edges):\n    """What comes before."""\n')
RENAMED = PLAIN.replace("node ", "k ").replace("[node]", "[k]").replace("start", "a")
OTHER_LAST = PLAIN.replace("succ[start].append(end)", "succ[end].append(start)")
OTHER_METHOD = PLAIN.replace(".append(end)", ".extend(end)")


@pytest.mark.parametrize("other", [SPACED, DOCUMENTED, "# mine\n" + PLAIN, PLAIN + "\n\n"])
def test_layout_comments_and_docstrings_say_nothing(other: str) -> None:
    assert fingerprint(other) == fingerprint(PLAIN)


def test_names_say_nothing_but_are_noticed() -> None:
    assert fingerprint(RENAMED).shape == fingerprint(PLAIN).shape
    assert fingerprint(RENAMED).words != fingerprint(PLAIN).words


@pytest.mark.parametrize("other", [OTHER_LAST, OTHER_METHOD, PLAIN + "pred_succ\n",
                                   PLAIN.replace("[]", "[0]"), PLAIN.replace("{}", "'x'")])
def test_what_the_code_does_counts(other: str) -> None:
    assert fingerprint(other).shape != fingerprint(PLAIN).shape


@pytest.mark.parametrize(
    "source",
    ["def f(:\n  return", "'''never closed", "(" * 40_000, "\x00", "a = 1\n  b = 2\n c = 3", "",
     "def f():\n\treturn 1\n        return 2", "é = '\ud800'", "x = " + "-" * 60_000 + "1"],
)
def test_code_that_is_none_has_a_fingerprint_too(source: str) -> None:
    assert fingerprint(source) == fingerprint(source)


def test_groups_name_students_and_exercises() -> None:
    long = PLAIN.replace("pred_succ", "layer")
    work = {
        "ada": {"pred_succ": PLAIN, "layer": long},
        "bob": {"pred_succ": SPACED, "layer": long},
        "cid": {"pred_succ": RENAMED},
        "dev": {"pred_succ": OTHER_LAST},
    }
    second, first = alike(work, {})  # as much code: by the names of the students
    assert (first.students, first.exercises) == (("ada", "bob", "cid"), ("pred_succ",))
    assert not first.word_for_word
    assert (second.students, second.exercises) == (("ada", "bob"), ("layer",))
    assert second.word_for_word
    assert first.tokens == second.tokens == fingerprint(PLAIN).tokens


def test_two_who_share_everything_are_one_group_with_the_sum() -> None:
    both = {"pred_succ": PLAIN, "layer": OTHER_LAST}
    [group] = alike({"ada": both, "bob": both, "cid": {"pred_succ": OTHER_METHOD}}, {})
    assert group.exercises == ("layer", "pred_succ")
    assert group.tokens == 2 * fingerprint(PLAIN).tokens


def test_our_solution_counts_for_nobody() -> None:
    work = {"ada": {"pred_succ": PLAIN}, "bob": {"pred_succ": PLAIN}}
    assert alike(work, {"pred_succ": [RENAMED]}) == []
    assert len(alike(work, {"pred_succ": [OTHER_LAST]})) == 1


def test_short_code_and_what_many_write_are_left_out() -> None:
    short = "def relu(x):\n    return np.maximum(x, 0)\n"
    assert fingerprint(short).tokens < FEWEST_TOKENS
    assert alike({"ada": {"relu": short}, "bob": {"relu": short}}, {}) == []
    crowd = {f"s{number}": {"pred_succ": PLAIN} for number in range(5)}
    assert alike(crowd, {}) == []
    others = {f"t{number}": {"pred_succ": OTHER_LAST + f"x{number} = {number}\n"}
              for number in range(60)}
    assert len(alike(crowd | others, {})) == 1
