"""Return arrays whose interface lies about shape, type and memory."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="no object crosses; sizes of what does are compared with its bytes",
    cells=("""
import numpy as np
class Lying:
    __array_interface__ = {"shape": (10**6,), "typestr": "<f8", "data": (4096, False), "version": 3}
    @property
    def __class__(self): return np.ndarray
    dtype, shape, nbytes, size, ndim = np.dtype(float), (1,), 8, 1, 1
    def tobytes(self, *a): return b"\\0" * 8
def weighted_sum(*a): return Lying()
def pred_succ(*a): return np.lib.stride_tricks.as_strided(np.zeros(1), (10**9,), (0,))
def classify_nodes(*a): return np.lib.stride_tricks.as_strided(np.zeros(2), (3, 2**20), (0, 4096))
""",),
)
