"""The learner's side of checking: `check`, `case`, `hint`, `configure`, `bring`.

    from course_lib.checks import check, case, hint

`check("conv2d_naive")` tries the public cases on the notebook's function of that name.
"""

from course_lib.checks.bring import bring
from course_lib.checks.student import CheckFailed, case, check, configure, hint

__all__ = ["CheckFailed", "bring", "case", "check", "configure", "hint"]
