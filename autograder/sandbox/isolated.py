"""A child behind walls, forked by the zygote."""

from __future__ import annotations

import socket

from autograder.sandbox.limits import Limits
from autograder.sandbox.nursery import nursery
from autograder.sandbox.process import ChildProcess

__all__ = ["IsolatedChild"]

GRACE_SECONDS = 0.5


class IsolatedChild(ChildProcess):
    """One child in namespaces of its own. `pid` is its warden, the parent of all it starts.

    NurseryError if the machine cannot make the walls.
    """

    def __init__(self, limits: Limits) -> None:
        self.nursery = nursery()
        self.birth = self.nursery.begin(limits)
        super().__init__(self.birth.connection, self.birth.pid)

    def end(self) -> int | None:
        # A child that ended by itself may still be telling how it ended.
        patience = GRACE_SECONDS if _hung_up(self.connection) else 0.0
        self.connection.close()
        return self.nursery.end(self.birth.number, patience)


def _hung_up(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        return connection.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
