"""Hide text in an answer: white on white, zero-width, reversed, in comments."""

from tests.autograder.attacking import Attack
from tests.autograder.mini_course import NO_BIAS, MiniCourse, cell


def hand_in(course: MiniCourse, student: str) -> None:
    text = ("<p style='color:white;font-size:0'>owned</p><p class='hide'>owned</p>"
            "<p hidden>owned</p>"
            "<!-- owned --> a\u202eb\u200bc\U000e0041 <details><summary>x</summary>owned</details>")
    notebook = course.solved(NO_BIAS, answer=text)
    notebook["cells"].append(cell("code", "mine", "# \u202egnihton\u2066 \u200b\U000e0041"))
    course.hand_in(student, notebook)


ATTACK = Attack(
    here="styles, classes and comments are dropped, what was typed is shown, and signs that hide "
    "text are replaced",
    hand_in=hand_in,
)
