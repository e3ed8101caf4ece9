"""The Hub of the course: accounts of this machine, and formgrader for instructors.

setup.sh copies this file to COURSE_HOME/hub; settings of your own go into hub_settings.py beside
it. Everything else is found from there. Students get
JupyterLab with Validate and the list of assignments. The course runs as an account of its own,
as the service `course`, which only instructors may open.
"""

from __future__ import annotations

import grp
import os
import pwd
from pathlib import Path

c = get_config()

HOME = Path(__file__).resolve().parent.parent
NAME = HOME.name
ENVIRONMENT = HOME / "env"
PORT = int(os.environ.get("COURSE_PORT", "8000"))   # and the three after it, for this machine only
[DESK] = ENVIRONMENT.glob("lib/python3*/site-packages/course_lib/desk/jupyter")
# Terminals find nbgrader, course-update and, in the course's folder, python -m autograder.
PATH = os.pathsep.join([str(ENVIRONMENT / "bin"), os.environ.get("PATH", os.defpath)])
INSTRUCTORS, STUDENTS = f"{NAME}-instructors", f"{NAME}-students"


def settings(*folders: Path) -> str:
    """Where Jupyter looks first; what the course shows to everyone, and which exchange, is last."""
    return os.pathsep.join(map(str, [*folders, DESK / "everyone", HOME / "etc"]))


def close_home(spawner: object) -> None:
    """Homes are for their owners: Debian's useradd makes them readable for everybody."""
    home = Path(pwd.getpwnam(spawner.user.name).pw_dir)
    if home.is_dir():
        home.chmod(0o700)


# Reached at http://127.0.0.1:8000. For others put a server with TLS in front (README.md).
c.JupyterHub.bind_url = f"http://127.0.0.1:{PORT}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{PORT + 1}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{PORT + 2}"
c.ConfigurableHTTPProxy.command = [str(HOME / "proxy/node_modules/.bin/configurable-http-proxy")]
c.ConfigurableHTTPProxy.pid_file = str(HOME / "hub/proxy.pid")
c.JupyterHub.cookie_secret_file = str(HOME / "hub/cookie_secret")
c.JupyterHub.db_url = f"sqlite:///{HOME / 'hub/jupyterhub.sqlite'}"

# Who may come in: the accounts of two groups, by their passwords on this machine.
c.JupyterHub.authenticator_class = "pam"
c.PAMAuthenticator.open_sessions = False
c.LocalAuthenticator.allowed_groups = {INSTRUCTORS, STUDENTS}

c.Spawner.cmd = [str(ENVIRONMENT / "bin/jupyterhub-singleuser")]
c.Spawner.default_url = "/lab"
c.Spawner.pre_spawn_hook = close_home
c.Spawner.environment = {"JUPYTER_CONFIG_PATH": settings(DESK / "student"), "PATH": PATH}
c.LocalProcessSpawner.popen_kwargs = {"umask": 0o077}

c.JupyterHub.services = [{
    "name": "course",
    "url": f"http://127.0.0.1:{PORT + 3}",
    "command": [str(ENVIRONMENT / "bin/jupyterhub-singleuser")],
    "user": f"{NAME}-course",
    "cwd": str(HOME / "course"),
    # etc/course lets JupyterLab show formgrader's pages inside its own, which the Hub forbids.
    "environment": {"JUPYTER_CONFIG_PATH": settings(HOME / "etc" / "course"),
                    "JUPYTERHUB_DEFAULT_URL": "/lab", "PATH": PATH},
    "oauth_no_confirm": True,
}]
# Read at the start: after `usermod -aG cnn-instructors grace`, start the Hub again.
c.JupyterHub.load_groups = {"instructors": {"users": sorted(grp.getgrnam(INSTRUCTORS).gr_mem)}}
c.JupyterHub.load_roles = [{
    "name": "instructor",
    "groups": ["instructors"],
    "scopes": ["self", "access:services!service=course"],
}]

if (HOME / "hub/hub_settings.py").is_file():
    load_subconfig("hub_settings.py", path=str(HOME / "hub"))
