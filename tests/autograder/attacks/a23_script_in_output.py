"""Put scripts into the stored outputs of cells."""

from tests.autograder.attacking import Attack
from tests.autograder.mini_course import NO_BIAS, MiniCourse


def hand_in(course: MiniCourse, student: str) -> None:
    notebook = course.solved(NO_BIAS)
    for each in notebook["cells"]:
        if each["cell_type"] == "code":
            page = {"text/html": "<script>owned()</script>", "text/plain": "5 of 5"}
            each["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": page}]
    course.hand_in(student, notebook)


ATTACK = Attack(
    plain="the script is in the feedback", here="outputs of a hand-in are dropped", hand_in=hand_in
)
