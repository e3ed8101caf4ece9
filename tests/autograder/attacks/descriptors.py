"""Find descriptors of the grader's, and smuggle one to it over the connection."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="there are only the null device and the conversation; what is attached is not taken",
    cells=("""
import array, os, socket, stat
found, sockets = [], []
for number in range(3, 256):
    try: mode = os.fstat(number).st_mode
    except OSError: continue
    if stat.S_ISSOCK(mode): sockets.append(number)
    elif stat.S_ISREG(mode) or stat.S_ISDIR(mode): found.append(number)
for number in sockets:
    talk = socket.socket(fileno=os.dup(number))
    if talk.family == socket.AF_UNIX:
        mine = os.open("/dev/null", os.O_RDONLY)
        rights = (socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [mine]))
        try: talk.sendmsg([b"\\0"], [rights])
        except OSError: pass
""",),
)
