"""What a child finds around it: variables, and Matplotlib's list of fonts."""

from __future__ import annotations

import functools
import os
import secrets
from pathlib import Path

__all__ = ["PASSED_ON", "environment", "font_lists"]

PASSED_ON = ("COURSE_DATA", "COURSE_FAST", "SYSTEMROOT", "TZ")


def environment(home: str, *, temp: str) -> dict[str, str]:
    """Only what is needed: the course's secret and the user's settings stay outside."""
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ} | {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "HOME": home,
        "TMPDIR": temp,
        "IPYTHONDIR": str(Path(home, "ipython")),
        "MPLCONFIGDIR": str(Path(home, "matplotlib")),
        "MPLBACKEND": "Agg",
        "PYTHONHASHSEED": str(secrets.randbelow(2**32)),
        # A fork while another thread computes may hang; and graders run one child a core.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "VECLIB_MAXIMUM_THREADS": "1",
    }


@functools.cache
def font_lists() -> tuple[Path, ...]:
    """Matplotlib's list of fonts, made here once: a fresh home would make it search again."""
    try:
        import matplotlib
        from matplotlib import font_manager
    except ImportError:
        return ()
    path = Path(matplotlib.get_cachedir(), f"fontlist-v{font_manager.FontManager.__version__}.json")
    return (path,) if path.is_file() else ()
