"""Put scripts, links and styles into answers and Markdown cells."""

from tests.autograder.attacking import Attack
from tests.autograder.mini_course import NO_BIAS, MiniCourse, cell


def hand_in(course: MiniCourse, student: str) -> None:
    text = ("<script>owned()</script> <img src=x onerror=owned()> [x](javascript:owned()) "
            "<svg onload=owned()> <iframe src='javascript:owned()'></iframe>")
    notebook = course.solved(NO_BIAS, answer=text)
    notebook["cells"].append(cell("markdown", "mine", text))
    course.hand_in(student, notebook)


ATTACK = Attack(
    plain="the script is in the feedback", here="shown as it was typed", hand_in=hand_in
)
