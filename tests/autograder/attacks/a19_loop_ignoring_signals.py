"""Loop for ever with every signal ignored that can be."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    plain="41 s, the submission fails",
    here="ended with its namespace, which no signal handler can keep",
    cells=("""
import signal
for number in range(1, 65):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
while True:
    try:
        while True: pass
    except BaseException: pass
""",),
)
