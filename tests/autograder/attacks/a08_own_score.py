"""Open the gradebook and set one's own score."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    plain="4000 of 12 points",
    here="the gradebook is not there",
    cells=("""
import sqlite3
try:
    with sqlite3.connect("@COURSE@/gradebook.db") as book:
        book.execute("update grade set manual_score = 4000")
    found = "done"
except sqlite3.Error as error:
    found = str(error)
""",),
    finds="unable to open database file",
)
