"""A child behind walls, forked by the zygote."""

from __future__ import annotations

import socket
from collections.abc import Sequence

from autograder.sandbox.limits import Limits
from autograder.sandbox.nursery import Nursery, nursery
from autograder.sandbox.process import ChildProcess

__all__ = ["IsolatedChild"]

GRACE_SECONDS = 0.5


class IsolatedChild(ChildProcess):
    """One child in namespaces of its own. `pid` is its warden, the parent of all it starts.

    NurseryError if the machine cannot make the walls. A kernel of Jupyter comes from a zygote of
    its own kind, and takes the sockets it listens on.
    """

    def __init__(
        self, limits: Limits, home: Nursery | None = None, listening: Sequence[socket.socket] = ()
    ) -> None:
        self.nursery = home or nursery()
        self.birth = self.nursery.begin(limits, listening)
        super().__init__(self.birth.connection, self.birth.pid)

    @property
    def ended(self) -> bool:
        """Whether it ended by itself."""
        return self.nursery.has_ended(self.birth.number)

    def interrupt(self) -> None:
        """Interrupt what a kernel runs."""
        self.nursery.interrupt(self.birth.number)

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
