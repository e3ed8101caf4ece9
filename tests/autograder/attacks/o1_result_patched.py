"""Patch the classes that hold results (otter: TestCaseResult.passed = True)."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    plain="otter: 8 of 8 points",
    here="results are made in the grader's own process",
    cells=("""
import course_lib.checks.judge as judge, course_lib.checks.compare as compare
import course_lib.checks.values as values, course_lib.checks.calling as calling
judge.judge_answer = compare.same = lambda *a, **k: None
judge.Verdict.ok = judge.Report.passed = property(lambda self: True)
values.Answer.has_value = True
class Passed: ok = passed = True; value = raised = strange = None; changed = ()
calling.answer_of_call = lambda *a: Passed()
""",),
)
