"""Take every assert out of the syntax tree of later cells."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    plain="10 of 12",
    here="there is no assert to take out",
    cells=("""
import ast
class NoAsserts(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.Pass()
    def visit_Raise(self, node): return ast.Pass()
get_ipython().ast_transformers.append(NoAsserts())
""", "def weighted_sum(*a): assert False"),
)
