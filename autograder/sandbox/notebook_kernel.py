"""Inside the walls: a real ipykernel whose sockets were bound and opened by the grader.

A lone script in the zygote of kernels. No socket can be made here, so ZeroMQ is given listening
ones; they lead to the grader and nowhere else, and there is no folder that both sides write to.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

# Without the shell and the figures: ipykernel makes and connects its own.
PRELOADED = (
    "numpy", "zmq", "IPython.core.interactiveshell", "IPython.core.magics",
    "IPython.core.completer", "ipykernel.ipkernel", "ipykernel.kernelapp", "ipykernel.zmqshell",
    "ipykernel.iostream", "ipykernel.heartbeat",
)
CHANNELS = ("shell", "iopub", "stdin", "hb", "control")  # ports 1 to 5, in the order of descriptors


def serve(connection: Any, limits: Mapping[str, Any], sockets: Sequence[int], wire: ModuleType
          ) -> None:
    """Be a kernel until somebody shuts it down."""
    told = wire.Channel(connection, limits["message"]).receive()
    for name, content in told["files"].items():
        target = Path(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.tobytes())
    os.environ.pop("MPLBACKEND", None)  # then ipykernel takes its own, which shows figures
    application(told["info"], sockets).start()


def application(info: Mapping[str, Any], sockets: Sequence[int]) -> Any:
    """An IPKernelApp that binds nothing and reads no file."""
    import zmq
    from ipykernel import kernelapp
    from ipykernel.heartbeat import Heartbeat
    from traitlets.config import Config

    thread = kernelapp.IOPubThread
    # Its pipe is a socket of TCP, and ZeroMQ ends the process where that cannot be had.
    kernelapp.IOPubThread = lambda *args, **more: thread(*args, **(more | {"pipe": False}))

    def bind(to: Any, port: int) -> int:
        to.setsockopt(zmq.USE_FD, sockets[port - 1])
        to.bind(f"ipc://{CHANNELS[port - 1]}")
        return port

    class Heart(Heartbeat):
        def _bind_socket(self) -> None:
            bind(self.socket, self.port)

    class WalledApp(kernelapp.IPKernelApp):
        def init_connection_file(self) -> None:
            self.load_connection_info(dict(info))

        def write_connection_file(self, **more: Any) -> None:
            """The grader has it."""

        def _try_bind_socket(self, s: Any, port: int) -> int:
            return bind(s, port)

        def init_heartbeat(self) -> None:
            self.heartbeat = Heart(zmq.Context(), (self.transport, self.ip, self.hb_port))
            self.heartbeat.start()

    config = Config()
    config.HistoryManager.enabled = False  # its database wants to lock a file
    app = WalledApp.instance(config=config, log_level=50)
    app.initialize([])
    return app
