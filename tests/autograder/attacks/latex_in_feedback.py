"""Put active LaTeX and HTML into names, errors and answers, for the page of feedback."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="escaped, in a block that MathJax leaves alone",
    cells=("""
text = r"$\\href{javascript:alert(1)}{x}$ \\input{/etc/passwd} <script>alert(1)</script>"
def weighted_sum(*a): raise ValueError(text)
quiz_sharing = {"a": text, "b": text, "c": text, "d": text}
raise ValueError(text)
""",),
)
