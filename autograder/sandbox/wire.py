"""Framed messages over a socket: eight bytes of length, then the bytes of one plain value.

Both sides use this file; the child loads it by path, so it imports nothing of the grader.
What arrives is hostile until `decode` has built a plain value from it: no pickle, no eval.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable
from typing import Any

from course_lib.checks.values import BadValue, decode, encode

__all__ = ["Channel", "Closed", "Malformed", "TooLarge", "Wait", "WireError", "message"]

HEADER = struct.Struct(">Q")
CHUNK = 1024 * 1024
SMALL = 64 * 1024  # is asked for in any case: most messages come whole, or several at once

# Called before every wait: returns the seconds to wait at most, or raises to give up.
Wait = Callable[[], float]


class WireError(Exception):
    """The conversation is over; `stopped` is the one word that a result carries."""

    stopped = "message"


class Closed(WireError):
    """The other side is gone, perhaps in the middle of a message."""

    stopped = "died"


class TooLarge(WireError):
    """A message is announced, or would have to be sent, that is over the limit."""


class Malformed(WireError):
    """The bytes of a message spell no plain value."""


def message(value: Any, limit: int) -> bytes:
    """The bytes that carry one value. NotPlain if it has none, TooLarge if it has too many."""
    payload = encode(value)
    if len(payload) > limit:
        raise TooLarge(f"a message of {len(payload)} bytes; at most {limit} may be sent")
    return HEADER.pack(len(payload)) + payload


class Channel:
    """Plain values over a stream socket, one message at a time.

    `limit` bounds a message in either direction; memory grows with the bytes that came, never
    with the length that was announced.
    """

    def __init__(self, connection: socket.socket, limit: int) -> None:
        self.connection = connection
        self.limit = limit
        self._came = bytearray()  # and is not read yet

    def send(self, value: Any, wait: Wait | None = None) -> None:
        """Send one value. Raises as `message` does, and Closed."""
        self.send_message(message(value, self.limit), wait)

    def send_message(self, made: bytes, wait: Wait | None = None) -> None:
        """Send what `message` made."""
        rest = memoryview(made)
        while rest:
            self._patience(wait)
            try:
                rest = rest[self.connection.send(rest[:CHUNK]) :]
            except TimeoutError:
                continue
            except OSError as error:
                raise Closed(f"the other side is gone ({error.strerror})") from None

    def receive(self, wait: Wait | None = None) -> Any:
        """The next value. Closed, TooLarge, Malformed, or whatever `wait` raises."""
        (size,) = HEADER.unpack(self._exactly(HEADER.size, wait))
        if size > self.limit:
            raise TooLarge(f"a message of {size} bytes is announced; at most {self.limit} may come")
        try:
            return decode(self._exactly(size, wait))
        except BadValue as error:
            raise Malformed(f"a message is not a plain value: {error}") from None
        except (ValueError, ArithmeticError, MemoryError, RecursionError) as error:
            # None is known that does this; a trusted side that stops would be the worse mistake.
            raise Malformed(f"a message cannot be read: {type(error).__name__}") from None

    def close(self) -> None:
        self.connection.close()

    def _exactly(self, size: int, wait: Wait | None) -> bytes:
        while (missing := size - len(self._came)) > 0:
            self._patience(wait)
            try:
                chunk = self.connection.recv(min(CHUNK, max(missing, SMALL)))
            except TimeoutError:
                continue
            except OSError as error:
                raise Closed(f"the other side is gone ({error.strerror})") from None
            if not chunk:
                raise Closed("the other side is gone")
            self._came += chunk
        with memoryview(self._came) as came:
            taken = bytes(came[:size])
        del self._came[:size]
        return taken

    def _patience(self, wait: Wait | None) -> None:
        self.connection.settimeout(None if wait is None else wait())
