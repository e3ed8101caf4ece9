"""The catalogue reads what notebooks declare, and says what is wrong with a declaration."""

from __future__ import annotations

import json

import pytest

from autograder.catalogue import Catalogue, CatalogueError, module_name


def cell(name, *, grade=False, solution=False, points=None, course=None):
    nbgrader = {"grade": grade, "solution": solution, "grade_id": name, "schema_version": 3}
    if points is not None:
        nbgrader["points"] = points
    metadata = {"nbgrader": nbgrader, **({"course": course} if course else {})}
    return {"cell_type": "code", "id": name, "metadata": metadata, "source": ["pass\n", "pass"]}


def course_with(tmp_path, *cells):
    folder = tmp_path / "solutions" / "99_made_here"
    folder.mkdir(parents=True)
    plain = {"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# Title"}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [plain, *cells]}
    (folder / "99_made_here.ipynb").write_text(json.dumps(notebook))
    return Catalogue(tmp_path)


def test_exercises_quizzes_and_open_questions_are_read_in_order(tmp_path):
    catalogue = course_with(
        tmp_path,
        cell("f", solution=True),
        cell("check_f", grade=True, points=2),
        cell("g", solution=True, course={"depends": ["f"]}),
        cell("check_g", grade=True, points=3),
        cell("quiz_g", solution=True, course={"kind": "quiz"}),
        cell("check_quiz_g", grade=True, points=1),
        cell("open_g", solution=True, grade=True, points=0),
    )
    topic = catalogue.topic("99")
    assert [(e.name, e.kind, e.points, e.depends) for e in topic.exercises] == [
        ("f", "exercise", 2.0, ()),
        ("g", "exercise", 3.0, ("f",)),
        ("quiz_g", "quiz", 1.0, ()),
    ]
    assert [(q.name, q.points) for q in topic.open_questions] == [("open_g", 0.0)]
    assert topic.module == "made_here"
    assert topic.cells[1]["source"] == "pass\npass"
    assert catalogue.find("g")[1].check_id == "check_g"
    assert topic.exercise("g").cell_id == "g"


@pytest.mark.parametrize("name", ["99", "99_made_here", "made_here"])
def test_a_topic_is_found_by_number_folder_and_module(tmp_path, name):
    assert course_with(tmp_path).topic(name).slug == "99_made_here"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (
            [cell("f", solution=True, course={"kind": "exercise"})],
            "f has no grade cell check_f",
        ),
        (
            [
                cell("f", solution=True, course={"kind": "riddle"}),
                cell("check_f", grade=True, points=1),
            ],
            "f has the kind 'riddle'",
        ),
    ],
)
def test_a_wrong_declaration_is_named(tmp_path, cells, words):
    with pytest.raises(CatalogueError, match=words):
        _ = course_with(tmp_path, *cells).topic("99").exercises


def test_unknown_names_are_answered_with_the_nearest(tmp_path):
    catalogue = course_with(
        tmp_path, cell("forward", solution=True), cell("check_forward", grade=True, points=1)
    )
    with pytest.raises(CatalogueError, match=r"no topic '98_made_here'\. Did you mean 99_made"):
        catalogue.topic("98_made_here")
    with pytest.raises(CatalogueError, match=r"no exercise 'foward'\. Did you mean forward\?"):
        catalogue.find("foward")
    with pytest.raises(CatalogueError, match=r"no exercise 'zzz'\. There are: forward"):
        catalogue.topic("99").exercise("zzz")
    with pytest.raises(CatalogueError, match="no solution notebook was found"):
        Catalogue(tmp_path / "empty").topic("03")


def test_a_notebook_that_cannot_be_read_is_named(tmp_path):
    catalogue = course_with(tmp_path)
    catalogue.topics[0].notebook.write_text("{")
    with pytest.raises(CatalogueError, match=r"99_made_here\.ipynb cannot be read"):
        _ = catalogue.topic("99").cells


def test_module_name_drops_the_number():
    assert module_name("08b_convolutional_layer") == "convolutional_layer"
