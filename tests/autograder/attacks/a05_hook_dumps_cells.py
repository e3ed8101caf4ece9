"""Let a hook of the shell write down every cell that runs, hidden tests included."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    plain="hidden tests written to disk",
    here="no test ever runs in the student's process",
    cells=("""
found = []
def dump(info):
    if "hidden" in info.raw_cell or "expected" in info.raw_cell:
        found.append(info.raw_cell)
get_ipython().events.register("pre_run_cell", dump)
""", "history = get_ipython().user_ns.get('In', [])[:-1]"),
    finds=[],
)
