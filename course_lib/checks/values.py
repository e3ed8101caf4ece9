"""Plain values: the closed set of things a check compares and the grader lets across its boundary.

None, bool, int, float, str, list, tuple, set, dict, numpy arrays of plain numbers, and three
small records: `Raised` (an exception, by name), `Function` (a callable, by name) and `Handle`
(an object that stays where it is). Nothing else has bytes, so nothing else can be sent.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

__all__ = ["Answer", "BadValue", "Function", "Handle", "NotPlain", "Raised", "checked", "decode",
           "encode", "plain"]

MAX_DEPTH = 40
MAX_BYTES = 64 * 2**20
MAX_ITEMS = 1_000_000
MAX_KEYS = 10_000  # numbers can be chosen so that a set of n of them takes n * n steps
MAX_HEAD = 8 * 2**20  # parsing JSON costs some forty times its size in memory
DTYPES = frozenset(
    ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
     "float16", "float32", "float64", "complex64", "complex128"]
)
_LENGTHS = struct.Struct("<QQ")
_TO_JSON = json.JSONEncoder(allow_nan=False, check_circular=False, separators=(",", ":"))


class NotPlain(TypeError):
    """A value holds something that is not plain; the message describes it."""


class BadValue(ValueError):
    """Bytes do not spell a plain value; the message says where they go wrong."""


@dataclass(frozen=True)
class Raised:
    """An exception, reduced to its name, its ancestors' names and its message."""

    type: str
    message: str = ""
    line: int | None = None
    ancestors: tuple[str, ...] = ()

    def is_a(self, name: str) -> bool:
        """Whether the exception is of the named class or of one of its subclasses."""
        return name == self.type or name in self.ancestors


@dataclass(frozen=True)
class Function:
    """A callable known by name on both sides, with plain arguments that make it."""

    name: str
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)

    def __init__(self, name: str, *args: Any, **kwargs: Any) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "args", args)
        object.__setattr__(self, "kwargs", kwargs)


@dataclass(frozen=True)
class Handle:
    """An object that stays in the process that made it, known by a number."""

    id: int


_LEAVES = frozenset([type(None), bool, int, float, str, Raised, Handle])


@dataclass(frozen=True)
class Answer:
    """What came of one call: a plain value, or why there is none.

    `changed` names the inputs that the call changed in place. `strange` describes a value that
    is not plain. `stopped` is set by the grader alone: "time", "died" or "message".
    """

    value: Any = None
    raised: Raised | None = None
    changed: tuple[str, ...] = ()
    strange: str | None = None
    stopped: str | None = None

    @property
    def has_value(self) -> bool:
        return self.raised is None and self.strange is None and self.stopped is None


def plain(value: Any, depth: int = 0) -> Any:
    """The same value with NumPy scalars turned into Python numbers and arrays copied.

    Raises NotPlain, with a description of the part that is not plain.
    """
    if depth > MAX_DEPTH:
        raise NotPlain(f"a value nested more than {MAX_DEPTH} deep")
    kind = type(value)
    if kind in _LEAVES:
        return value
    if kind is list:
        return [plain(item, depth + 1) for item in value]
    if kind is tuple:
        return tuple([plain(item, depth + 1) for item in value])
    if isinstance(value, np.generic):
        return plain(value.item(), depth) if value.dtype.name in DTYPES else _refuse(value)
    if kind is np.ndarray:
        return value.copy(order="K") if value.dtype.name in DTYPES else _refuse(value)
    if isinstance(value, Function):
        arguments = {key: plain(item, depth + 1) for key, item in value.kwargs.items()}
        return Function(value.name, *(plain(item, depth + 1) for item in value.args), **arguments)
    return _plain_container(value, depth)


def _plain_container(value: Any, depth: int) -> Any:
    if isinstance(value, dict):  # defaultdict and OrderedDict are dictionaries too
        return {plain(key, depth + 1): plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (frozenset, type({}.keys()))) or type(value) is set:
        return {plain(item, depth + 1) for item in value}
    if isinstance(value, (type({}.values()), range)):
        return [plain(item, depth + 1) for item in value]
    if isinstance(value, tuple):
        return tuple(plain(item, depth + 1) for item in value)
    return _refuse(value)


def _refuse(value: Any) -> Any:
    if isinstance(value, np.ndarray) and type(value) is np.ndarray:
        raise NotPlain(f"an array of dtype {value.dtype.name}")
    if isinstance(value, np.ndarray):
        raise NotPlain(f"a {type(value).__name__}, a subclass of ndarray")
    article = "an" if type(value).__name__[:1].lower() in "aeiou" else "a"
    raise NotPlain(f"{article} {type(value).__name__} object")


def encode(value: Any) -> bytes:
    """The bytes of a plain value: a JSON tree, then the buffers of its arrays.

    Raises NotPlain for anything that is not plain.
    """
    return _bytes_of(plain(value))


def checked(value: Any) -> Any:
    """As `plain`, and the value is known to have bytes. Raises NotPlain if it has none."""
    value = plain(value)
    _bytes_of(value)
    return value


def _bytes_of(value: Any) -> bytes:
    """The bytes of what `plain` returned."""
    buffers: list[bytes] = []
    tree = _to_tree(value, buffers)
    try:
        head = _TO_JSON.encode(tree).encode("utf-8")
    except ValueError:
        raise NotPlain("a whole number with thousands of digits") from None
    if len(head) > MAX_HEAD:
        raise NotPlain("lists of millions of entries; use an array")
    body = b"".join(buffers)
    return _LENGTHS.pack(len(head), len(body)) + head + body


def _to_tree(value: Any, buffers: list[bytes]) -> Any:
    kind = type(value)
    if value is None or kind is int or kind is bool:
        return value
    if kind is float:
        return {"f": value.hex() if math.isfinite(value) else repr(value)}
    if kind is str:
        return _escape(value)
    if kind is list:
        return {"l": [_to_tree(item, buffers) for item in value]}
    if kind is tuple:
        return {"t": [_to_tree(item, buffers) for item in value]}
    if isinstance(value, np.ndarray):
        # Column order travels too: a check may probe input that is not contiguous.
        order: Literal["C", "F"] = "C" if value.flags.c_contiguous else "F"
        buffers.append(value.tobytes(order))
        return {"a": [value.dtype.name, list(value.shape), order]}
    if isinstance(value, dict):
        return {"d": [[_to_tree(k, buffers), _to_tree(v, buffers)] for k, v in value.items()]}
    if isinstance(value, Raised):
        return {"r": [_escape(value.type), _escape(value.message), value.line,
                      [_escape(name) for name in value.ancestors]]}
    if isinstance(value, Function):
        return {"c": [value.name, _to_tree(value.args, buffers), _to_tree(value.kwargs, buffers)]}
    if isinstance(value, Handle):
        return {"h": value.id}
    return {"s": [_to_tree(item, buffers) for item in sorted(value, key=repr)]}


def _escape(text: str) -> str:
    # Lone surrogates are legal in a Python string but not in UTF-8.
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def decode(data: bytes) -> Any:
    """The plain value that `encode` gave these bytes. Arrays come back read-only.

    Safe on hostile bytes: raises BadValue, and never builds more than the bytes hold.
    """
    if len(data) < _LENGTHS.size or len(data) > MAX_BYTES:
        raise BadValue(f"{len(data)} bytes are too few or too many for a value")
    head_size, body_size = _LENGTHS.unpack_from(data)
    if _LENGTHS.size + head_size + body_size != len(data):
        raise BadValue("the announced lengths do not add up")
    if head_size > MAX_HEAD:
        raise BadValue(f"a tree of {head_size} bytes is too large to be read")
    head = data[_LENGTHS.size : _LENGTHS.size + head_size]
    try:
        tree = _FROM_JSON.decode(head.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadValue(f"the tree is not JSON ({type(error).__name__})") from None
    return _Reader(memoryview(data)[_LENGTHS.size + head_size :]).read_all(tree)


def _no_constant(text: str) -> Any:
    raise ValueError(f"{text} is not JSON")


_FROM_JSON = json.JSONDecoder(parse_constant=_no_constant)


class _Reader:
    """Builds a value from its tree, taking the arrays' bytes from the body in order."""

    def __init__(self, body: memoryview) -> None:
        self.body = body
        self.position = 0
        self.items = 0
        self.keys = 0

    def read_all(self, tree: Any) -> Any:
        value = self.read(tree, 0)
        if self.position != len(self.body):
            raise BadValue("bytes are left over after the last array")
        return value

    def read(self, tree: Any, depth: int) -> Any:
        self.items += 1
        if depth > MAX_DEPTH or self.items > MAX_ITEMS:
            raise BadValue("the value is nested too deep or holds too many items")
        if tree is None or type(tree) in (int, str, bool):
            return tree
        if not isinstance(tree, dict) or len(tree) != 1:
            raise BadValue("a node of the tree has no single tag")
        tag, content = next(iter(tree.items()))
        if tag not in _READERS:
            raise BadValue("a node of the tree has an unknown tag")
        return _READERS[tag](self, content, depth)

    def float_(self, content: Any, depth: int) -> float:
        try:
            return float.fromhex(content)
        except (TypeError, ValueError, OverflowError):
            raise BadValue("a float is not spelled in hexadecimal") from None

    def list_(self, content: Any, depth: int) -> list[Any]:
        if not isinstance(content, list):
            raise BadValue("a sequence is not spelled as a list")
        return [self.read(item, depth + 1) for item in content]

    def tuple_(self, content: Any, depth: int) -> tuple[Any, ...]:
        return tuple(self.list_(content, depth))

    def set_(self, content: Any, depth: int) -> set[Any]:
        items = self.list_(content, depth)
        self.count_keys(len(items))
        try:
            return set(items)
        except TypeError:
            raise BadValue("a set holds something that cannot be hashed") from None

    def dict_(self, content: Any, depth: int) -> dict[Any, Any]:
        pairs: list[Any] = content if isinstance(content, list) else [None]
        if not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
            raise BadValue("a dictionary is not spelled as pairs")
        self.count_keys(len(pairs))
        try:
            return {self.read(k, depth + 1): self.read(v, depth + 1) for k, v in pairs}
        except TypeError:
            raise BadValue("a dictionary has a key that cannot be hashed") from None

    def count_keys(self, more: int) -> None:
        self.keys += more
        if self.keys > MAX_KEYS:
            raise BadValue(f"sets and dictionaries hold more than {MAX_KEYS} entries")

    def array_(self, content: Any, depth: int) -> np.ndarray[Any, Any]:
        if not (isinstance(content, list) and len(content) == 3 and isinstance(content[1], list)):
            raise BadValue("an array is not spelled as dtype, shape and order")
        name, shape, order = content
        if order not in ("C", "F"):
            raise BadValue("an array has an unknown order")
        if not isinstance(name, str) or name not in DTYPES:
            raise BadValue("an array has a dtype that is not allowed")
        if len(shape) > 16 or not all(type(n) is int and 0 <= n < 2**40 for n in shape):
            raise BadValue("an array has an impossible shape")
        size = math.prod(shape) * np.dtype(name).itemsize
        if size > len(self.body) - self.position:
            raise BadValue("an array claims more bytes than were sent")
        if math.prod(n or 1 for n in shape) >= 2**40:  # NumPy refuses it, even with no entries
            raise BadValue("an array has an impossible shape")
        buffer = bytes(self.body[self.position : self.position + size])
        self.position += size
        return np.frombuffer(buffer, dtype=name).reshape(shape, order=order)

    def raised_(self, content: Any, depth: int) -> Raised:
        try:
            kind, message, line, ancestors = content
            if not all(isinstance(text, str) for text in (kind, message, *ancestors)):
                raise TypeError
            if not (line is None or type(line) is int):
                raise TypeError
        except (TypeError, ValueError):
            raise BadValue("an exception is not spelled as name, message, line, names") from None
        return Raised(kind[:200], message[:2000], line, tuple(ancestors[:20]))

    def function_(self, content: Any, depth: int) -> Function:
        if not (isinstance(content, list) and len(content) == 3 and isinstance(content[0], str)):
            raise BadValue("a function is not spelled as name and arguments")
        args, kwargs = (self.read(item, depth + 1) for item in content[1:])
        if not isinstance(args, tuple) or not isinstance(kwargs, dict):
            raise BadValue("a function's arguments are not a tuple and a dictionary")
        if not all(isinstance(key, str) for key in kwargs):
            raise BadValue("a function's argument has a name that is not text")
        return Function(content[0], *args, **kwargs)

    def handle_(self, content: Any, depth: int) -> Handle:
        if type(content) is not int:
            raise BadValue("a handle is not a number")
        return Handle(content)


_READERS: dict[str, Callable[[_Reader, Any, int], Any]] = {
    "f": _Reader.float_, "l": _Reader.list_, "t": _Reader.tuple_, "s": _Reader.set_,
    "d": _Reader.dict_, "a": _Reader.array_, "r": _Reader.raised_, "c": _Reader.function_,
    "h": _Reader.handle_,
}
