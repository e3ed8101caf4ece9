"""A terminal of JupyterLab, as somebody types in it: over the websocket that the page opens."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from tests.hub.visitor import ANSWER_LIMIT, Visitor

END = "typed-42"      # printed, but not typed: the terminal echoes what is typed


def typed(visitor: Visitor, place: str, command: str) -> str:
    """What a new terminal shows after that command; `place` is such as /user/ada."""
    answer = visitor.send(f"{place}/api/terminals")
    assert answer.ok, answer.text
    name = answer.json()["name"]
    address = visitor.address.replace("http", "ws", 1)
    cookies = "; ".join(f"{each.name}={each.value}" for each in visitor.session.cookies
                        if f"{place}/".startswith(each.path))
    request = HTTPRequest(f"{address}{place}/terminals/websocket/{name}",
                          headers={"Cookie": cookies})
    line = f"{command}; echo typed-$((41 + 1))\r"
    with ThreadPoolExecutor(1) as thread:       # the browser's loop runs in this one
        shown = thread.submit(lambda: asyncio.run(_typed(request, line))).result()
    visitor.send(f"{place}/api/terminals/{name}", "DELETE")
    return shown


async def _typed(request: HTTPRequest, line: str) -> str:
    connection = await websocket_connect(request)
    await connection.write_message(json.dumps(["stdin", line]))
    shown = ""
    while END not in shown:
        message = await asyncio.wait_for(asyncio.ensure_future(connection.read_message()),
                                         ANSWER_LIMIT)
        assert message is not None, f"the terminal ended: {shown[-500:]}"
        kind, *text = json.loads(message)
        shown += text[0] if kind == "stdout" else ""
    connection.close()
    return shown
