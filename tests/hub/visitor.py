"""Somebody with a browser's session on the Hub: logs in, starts a server, presses buttons."""

from __future__ import annotations

import json
import time
from typing import Any

import requests

START_LIMIT = 180.0
ANSWER_LIMIT = 300.0


class Visitor:
    """One person's cookies. Paths are the Hub's, such as /hub/home or /user/ada/api/status."""

    def __init__(self, address: str, name: str, password: str) -> None:
        self.session = requests.Session()
        self.session.trust_env = False
        self.address, self.name = address, name
        self.ask("/hub/login")
        form = {"username": name, "password": password, "_xsrf": self._token("/hub/")}
        answer = self.session.post(f"{address}/hub/login", data=form, allow_redirects=False,
                                   timeout=ANSWER_LIMIT)
        self.logged_in = answer.status_code == 302

    def _token(self, path: str) -> str:
        found = [each.value or "" for each in self.session.cookies
                 if each.name == "_xsrf" and path.startswith(each.path)]
        return found[-1] if found else ""

    def ask(self, path: str) -> requests.Response:
        return self.session.get(f"{self.address}{path}", timeout=ANSWER_LIMIT)

    def send(self, path: str, method: str = "POST", /, **body: Any) -> requests.Response:
        """With what the page would send along, so that no other site can do it for them."""
        return self.session.request(
            method, f"{self.address}{path}", json=body or None,
            headers={"X-XSRFToken": self._token(path)}, timeout=ANSWER_LIMIT)

    def start_server(self) -> None:
        """Their own JupyterLab, entered through the Hub."""
        answer = self.send(f"/hub/api/users/{self.name}/server")
        assert answer.status_code in (201, 202), answer.text
        until = time.monotonic() + START_LIMIT
        while not self.ask(f"/hub/api/users/{self.name}").json()["servers"].get("", {})["ready"]:
            assert time.monotonic() < until, f"the server of {self.name} does not start"
        self.enter(f"/user/{self.name}")

    def enter(self, place: str) -> int:
        """Open a server's page, by way of the Hub's permission; the status of the answer."""
        return self.ask(f"{place}/lab").status_code

    # ---- nbgrader's buttons ---------------------------------------------------------------

    def assignment(self, action: str, topic: str) -> list[dict[str, Any]]:
        """A button of the list of assignments, such as fetch; what the list then shows."""
        answer = self.send(f"/user/{self.name}/assignments/{action}",
                           course_id="cnn_from_scratch", assignment_id=topic).json()
        assert answer["success"], answer["value"]
        return [each for each in answer["value"] if each["assignment_id"] == topic]

    def notebook(self, path: str) -> dict[str, Any]:
        content: dict[str, Any] = self.ask(
            f"/user/{self.name}/api/contents/{path}").json()["content"]
        return content

    def save(self, path: str, notebook: dict[str, Any]) -> None:
        answer = self.send(f"/user/{self.name}/api/contents/{path}", "PUT", type="notebook",
                           format="json", content=notebook)
        assert answer.ok, answer.text

    def validate(self, path: str) -> dict[str, Any]:
        """The Validate button: the notebook runs in a kernel of their own account."""
        answer = self.send(f"/user/{self.name}/assignments/validate", path=path).json()
        assert answer["success"], answer["value"]
        return dict(json.loads(answer["value"]) if isinstance(answer["value"], str)
                    else answer["value"])

    def formgrader(self, action: str) -> str:
        """A button of formgrader in the course's service; its log."""
        answer = self.send(f"/services/course/formgrader/api/{action}")
        assert answer.ok, f"{answer.status_code} {answer.text[-2000:]}"
        said = answer.json()
        assert said["success"], said
        return str(said["log"])
