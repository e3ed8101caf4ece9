"""The wire: what goes in comes out, and hostile bytes end in a named error."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from autograder.sandbox.wire import Channel, Closed, Malformed, TooLarge, WireError
from course_lib.checks.values import Function, Handle, Raised, encode

LIMIT = 100_000
VALUES = [
    None, True, -7, 2**70, 0.1, float("inf"), "text \ud83d", b"".decode(), [1, [2.5, "x"]], (),
    {"a": (1, None), 3: {4, 5}}, np.arange(6, dtype=np.float32).reshape(2, 3),
    np.zeros((0, 4)), np.array(True), Raised("ValueError", "no", 3, ("Exception",)),
    Function("relu"), Function("affine", 2.0, offset=np.ones(2)), Handle(4),
]


class OutOfPatience(Exception):
    pass


def pair(limit: int = LIMIT) -> tuple[Channel, socket.socket]:
    ours, theirs = socket.socketpair()
    return Channel(ours, limit), theirs


def same(first: object, second: object) -> bool:
    if isinstance(first, np.ndarray) and isinstance(second, np.ndarray):
        return first.dtype == second.dtype and np.array_equal(first, second)
    if isinstance(first, Function) and isinstance(second, Function):
        arguments = [*first.args, *first.kwargs.values()], [*second.args, *second.kwargs.values()]
        return first.name == second.name and all(map(same, *arguments))
    if isinstance(first, str) and isinstance(second, str):
        return first.encode("utf-8", "replace") == second.encode("utf-8", "replace")
    return first == second and type(first) is type(second)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_arrives_as_it_was_sent(value: object) -> None:
    channel, theirs = pair()
    with theirs:
        Channel(theirs, LIMIT).send(("call", value))
        operation, arrived = channel.receive()
    channel.close()
    assert operation == "call"
    assert same(arrived, value)


def test_messages_keep_their_order_and_their_borders() -> None:
    channel, theirs = pair()
    with theirs:
        for number in range(20):
            Channel(theirs, LIMIT).send([number] * number)
        assert [len(channel.receive()) for _ in range(20)] == list(range(20))
    channel.close()


def test_a_message_over_the_limit_is_refused_on_both_sides() -> None:
    channel, theirs = pair(limit=1_000)
    with theirs:
        with pytest.raises(TooLarge, match="at most 1000 may be sent"):
            channel.send(np.zeros(1_000))
        theirs.sendall(struct.pack(">Q", 2**62))
        with pytest.raises(TooLarge, match="at most 1000 may come"):
            channel.receive()
    channel.close()


def test_an_announced_length_costs_no_memory_before_the_bytes_come() -> None:
    channel, theirs = pair(limit=2**50)
    with theirs:
        theirs.sendall(struct.pack(">Q", 2**49) + b"x")
        theirs.shutdown(socket.SHUT_WR)
        with pytest.raises(Closed):
            channel.receive()
    channel.close()


def test_a_side_that_trickles_or_stays_silent_meets_the_end_of_patience() -> None:
    channel, theirs = pair()
    looks = iter(range(50))

    def wait() -> float:
        theirs.sendall(b"\0" if next(looks, None) is not None else b"")
        if next(looks, None) is None:
            raise OutOfPatience
        return 0.001

    with theirs:
        theirs.sendall(struct.pack(">Q", 90_000))
        with pytest.raises(OutOfPatience):
            channel.receive(wait)
    channel.close()


def test_a_side_that_does_not_read_meets_the_end_of_patience() -> None:
    channel, theirs = pair(limit=2**26)
    looks = iter(range(50))

    def wait() -> float:
        if next(looks, None) is None:
            raise OutOfPatience
        return 0.001

    with theirs, pytest.raises(OutOfPatience):
        channel.send(np.zeros(2**22), wait)
    channel.close()


def test_a_side_that_is_gone_is_named() -> None:
    channel, theirs = pair()
    theirs.close()
    with pytest.raises(Closed, match="gone"):
        channel.receive()
    with pytest.raises(Closed, match="gone"):
        channel.send(1)
    channel.close()


def tree(spelled: object, body: bytes = b"") -> bytes:
    head = json.dumps(spelled).encode()
    return struct.pack("<QQ", len(head), len(body)) + head + body


HOSTILE = {
    "nothing": b"",
    "one byte": b"\xff",
    "lengths that wrap around": struct.pack("<QQ", 2**64 - 8, 8) + b"{}",
    "a tree without end": struct.pack("<QQ", 50_000, 0) + b"[" * 50_000,
    "a deep tree": tree(json.loads('{"l":[' * 300 + "]}" * 300)),
    "an unknown tag": tree({"pickle": "gASVLQ=="}),
    "two tags": tree({"l": [], "t": []}),
    "a bare list": tree([1, 2]),
    "a bare float": tree(1.5),
    "an object array": tree({"a": ["object", [1]]}, b"\0" * 8),
    "a structured array": tree({"a": ["V8", [1]]}, b"\0" * 8),
    "an array that claims more": tree({"a": ["float64", [1000]]}, b"\0" * 8),
    "an array that overflows": tree({"a": ["float64", [2**39, 2**39, 2**39]]}),
    "an empty array that overflows": tree({"a": ["float64", [0, 2**39, 2**39, 2**39]]}),
    "an array of negative size": tree({"a": ["int8", [-1]]}, b"\0"),
    "an array of boolean size": tree({"a": ["int8", [True]]}, b"\0"),
    "an array of forty axes": tree({"a": ["int8", [1] * 40]}, b"\0"),
    "bytes left over": tree(None, b"\0"),
    "a float that is text": tree({"f": "__import__('os')"}),
    "a float that is a number": tree({"f": 1}),
    "a float too large": tree({"f": "0x1p99999"}),
    "a set of lists": tree({"s": [{"l": []}]}),
    "a key that is a list": tree({"d": [[{"l": []}, 1]]}),
    "pairs that are not": tree({"d": [[1]]}),
    "pairs that are a number": tree({"d": 3}),
    "a handle that is text": tree({"h": "1"}),
    "an exception without a name": tree({"r": [1, 2, 3, 4]}),
    "an exception of the wrong length": tree({"r": []}),
    "an exception that is a number": tree({"r": 5}),
    "an array that NumPy cannot bear": tree({"a": ["float64", [2**39, 0, 2**39], "C"]}),
    "numbers that collide in a set": tree({"s": [k * (2**61 - 1) for k in range(1, 4_000)] * 3}),
    "a function without arguments": tree({"c": ["relu"]}),
    "a function with odd arguments": tree({"c": ["relu", 1, 2]}),
    "a whole number of 100,000 digits": struct.pack("<QQ", 50_000, 0) + b"9" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_are_malformed(name: str) -> None:
    channel, theirs = pair(limit=2**20)
    with theirs:
        message = struct.pack(">Q", len(HOSTILE[name])) + HOSTILE[name]
        sender = threading.Thread(target=theirs.sendall, args=(message,))
        sender.start()  # what is larger than the socket's buffer waits for its reader
        with pytest.raises(Malformed):
            channel.receive()
        channel.close()
        sender.join()


def fuzzed(rng: np.random.Generator, count: int) -> Iterator[bytes]:
    """Noise, noise in a right frame, and right messages with bytes changed, cut or doubled."""
    right = [encode({"value": value}) for value in VALUES]
    for number in range(count):
        kind, original = number % 4, bytearray(right[rng.integers(len(right))])
        if kind == 0:
            yield rng.bytes(int(rng.integers(0, 200)))
            continue
        if kind == 1:
            original = bytearray(rng.bytes(int(rng.integers(0, 200))))
        elif kind == 2:
            for position in rng.integers(0, len(original), size=rng.integers(1, 5)):
                original[position] = rng.integers(256)
        else:
            cut = int(rng.integers(0, len(original)))
            original = original[:cut] + original[cut // 2 :]
        yield struct.pack(">Q", len(original)) + bytes(original)


def test_twelve_thousand_fuzzed_messages_never_break_the_trusted_side() -> None:
    """Each ends in a plain value or in a WireError; anything else fails this test."""
    ended: dict[str, int] = {}
    for hostile in fuzzed(np.random.default_rng(7), 12_000):
        channel, theirs = pair()
        theirs.sendall(hostile)
        theirs.close()
        try:
            channel.receive()
            name = "value"
        except WireError as error:
            name = type(error).__name__
        ended[name] = ended.get(name, 0) + 1
        channel.close()
    assert set(ended) == {"value", "Closed", "TooLarge", "Malformed"}, ended


KINDS = st.sampled_from(["bool", "int8", "uint8", "int64", "float16", "float32", "float64"])
ARRAYS = KINDS.flatmap(lambda kind: st_numpy.arrays(
    np.dtype(kind), st_numpy.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
))
KEYS = st.integers() | st.text(max_size=5)
LEAVES = (
    st.none() | st.booleans() | st.integers(-2**80, 2**80) | st.floats() | st.text(max_size=20)
    | ARRAYS
)
PLAIN = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(tuple)
    | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def identical(first: object, second: object) -> bool:
    """Of the same type and the same bits: nan is nan, and -0.0 is not 0.0."""
    if type(first) is not type(second):
        return False
    if isinstance(first, np.ndarray) and isinstance(second, np.ndarray):
        return (first.dtype, first.shape, first.tobytes()) == (
            second.dtype, second.shape, second.tobytes()
        )
    if isinstance(first, list | tuple) and isinstance(second, list | tuple):
        return len(first) == len(second) and all(map(identical, first, second))
    if isinstance(first, dict) and isinstance(second, dict):
        return list(first) == list(second) and all(
            identical(first[key], second[key]) for key in first
        )
    if isinstance(first, float) and isinstance(second, float):
        return first.hex() == second.hex()
    return first == second


@given(PLAIN)
def test_any_plain_value_arrives_with_its_type_and_its_bits(value: object) -> None:
    channel, theirs = pair()
    with theirs:
        Channel(theirs, LIMIT).send(value)
        arrived = channel.receive()
    channel.close()
    assert identical(arrived, value)


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_end_in_a_value_or_in_a_wire_error(noise: bytes, framed: bool) -> None:
    channel, theirs = pair()
    theirs.sendall(struct.pack(">Q", len(noise)) + noise if framed else noise)
    theirs.close()
    with suppress(WireError):
        channel.receive()
    channel.close()
