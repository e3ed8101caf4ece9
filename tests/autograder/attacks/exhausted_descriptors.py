"""Open files and sockets until there are none left."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="a limit of the process itself; the grader's own are not touched",
    cells=("""
import os, socket
kept = []
try:
    while True: kept += socket.socketpair()
except OSError as error: found = error.errno
""",),
    finds=24,
)
