"""Leave threads that go on after their cell, and change names while calls are answered."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="they end with the child",
    cells=("""
import threading, time
def work():
    while True:
        globals()["noise"] = time.time()
        time.sleep(0.001)
for _ in range(5): threading.Thread(target=work).start()
""",),
    right=True,
)
