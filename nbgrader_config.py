"""nbgrader reads this file: `nbgrader generate_assignment 03_multilayer_perceptrons`, formgrader.

What a course folder looks like stands in tools/release.py, and how submissions are graded in
autograder/grading/. Put settings of your own at the end, for instance
c.CourseDirectory.db_url = "postgresql://..." or c.Exchange.root = "/srv/nbgrader/exchange".
"""

import sys
from pathlib import Path

import course_lib

# course_lib is installed from the repository, where the trusted side lies too. So this file also
# works as a copy, in a course folder of its own.
REPOSITORY = Path(course_lib.__file__).resolve().parent.parent
if str(REPOSITORY) not in sys.path:
    sys.path.insert(0, str(REPOSITORY))

from autograder.grading.nbgrader_bridge import install
from tools.release import configure

c = get_config()
configure(c, root=Path(__file__).resolve().parent)
install(c)
