"""nbgrader reads this file: `nbgrader generate_assignment 03_multilayer_perceptrons`, formgrader.

What a course folder looks like stands in tools/release.py, and how submissions are graded in
autograder/grading/. Settings of your own go into course_settings.py beside it, for instance
c.CourseDirectory.db_url = "postgresql://..." or c.Exchange.root = "/srv/nbgrader/exchange".
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
if (HERE / "autograder").is_dir():
    REPOSITORY = HERE
else:
    # A copy, in a course folder of its own: course_lib is installed from the repository, where
    # the trusted side lies too.
    import course_lib

    REPOSITORY = Path(course_lib.__file__).resolve().parent.parent
if str(REPOSITORY) not in sys.path:
    sys.path.insert(0, str(REPOSITORY))

from autograder.grading.nbgrader_bridge import install
from tools.release import configure

c = get_config()
configure(c, root=HERE)
install(c)
if (HERE / "course_settings.py").is_file():
    load_subconfig("course_settings.py", path=str(HERE))
