"""The learner's desk: what the course holds, what is done, and JupyterLab opened on it.

Nothing here leaves the machine. `course-progress` and `course-lab` are its commands.
"""
