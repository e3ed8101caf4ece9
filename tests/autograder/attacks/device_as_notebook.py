"""Hand in a device, or a socket where devices cannot be made, in the place of the notebook."""

import os
import socket
import stat
from contextlib import chdir

from tests.autograder.attacking import Attack
from tests.autograder.mini_course import TOPIC, MiniCourse


def hand_in(course: MiniCourse, student: str) -> None:
    folder = course.hand_in(student, course.solved())
    path = folder / f"{TOPIC}.ipynb"
    path.unlink()
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except PermissionError:
        with chdir(folder), socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)


ATTACK = Attack(
    here="it is not opened; a person looks", hand_in=hand_in, points=None,
    note="not a regular file",
)
