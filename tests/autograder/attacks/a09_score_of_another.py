"""Take points away from another student in the gradebook."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    plain="another student got -400 of 12",
    here="the gradebook is not there",
    cells=("""
import sqlite3
try:
    with sqlite3.connect("file:@COURSE@/gradebook.db?mode=rw&immutable=0", uri=True) as book:
        book.execute("update grade set manual_score = -400 where student like 'canary%'")
    found = "done"
except sqlite3.Error as error:
    found = str(error)
""",),
    finds="unable to open database file",
)
