"""Plain values: every kind survives the trip, and hostile bytes end in BadValue."""

from __future__ import annotations

import json
import struct
from collections import OrderedDict, defaultdict, namedtuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.checks.values import (
    DTYPES,
    MAX_DEPTH,
    MAX_HEAD,
    BadValue,
    Function,
    Handle,
    NotPlain,
    Raised,
    decode,
    encode,
    plain,
)

Point = namedtuple("Point", "x y")

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=20)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.sets(st.integers(), max_size=4),
        st.dictionaries(st.one_of(st.integers(), st.tuples(st.integers())), inner, max_size=4),
    ),
    max_leaves=20,
)


@given(VALUES)
def test_a_value_comes_back_equal_and_of_the_same_kind(value):
    back = decode(encode(value))
    assert back == value
    assert type(back) is type(value)


@pytest.mark.parametrize("dtype", sorted(DTYPES))
@pytest.mark.parametrize("shape", [(), (0, 3), (4,), (2, 3, 5)])
def test_arrays_keep_dtype_shape_and_numbers(dtype, shape):
    array = np.random.default_rng(0).integers(0, 2, shape).astype(dtype)
    back = decode(encode(array))
    assert back.dtype == array.dtype
    assert back.shape == shape
    np.testing.assert_array_equal(back, array)


def test_arrays_come_back_read_only_and_column_order_travels():
    array = np.asfortranarray(np.arange(6.0).reshape(2, 3))
    back = decode(encode(array))
    assert not back.flags.writeable
    assert back.flags.f_contiguous and not back.flags.c_contiguous
    np.testing.assert_array_equal(back, array)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), -0.0, 5e-324])
def test_special_floats_survive_to_the_bit(value):
    assert struct.pack("<d", decode(encode(value))) == struct.pack("<d", value)


@pytest.mark.parametrize(
    "record",
    [
        Raised("ValueError", "no", 3, ("Exception",)),
        Function("conv2d_layer", 1, stride=2),
        Handle(7),
    ],
)
def test_the_three_records_survive(record):
    assert decode(encode(record)) == record


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.float32(0.5), 0.5),
        (np.int64(3), 3),
        (np.bool_(True), True),
        ({np.int64(1): [np.float64(2.0)]}, {1: [2.0]}),
        (defaultdict(list, {1: [2]}), {1: [2]}),
        (OrderedDict(a=1), {"a": 1}),
        (Point(1, 2), (1, 2)),
        ({1: 2}.keys(), {1}),
        (range(3), [0, 1, 2]),
        (frozenset({1}), {1}),
    ],
)
def test_numpy_scalars_and_cousins_of_containers_become_plain(value, expected):
    made = plain(value)
    assert made == expected
    assert type(made) is type(expected)


class _Sneaky(np.ndarray):
    pass


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (object(), "an object object"),
        (lambda x: x, "a function object"),
        ([1, {2: object()}], "an object object"),
        (np.array([object()]), "dtype object"),
        (np.arange(3).view(_Sneaky), "a _Sneaky, a subclass of ndarray"),
        (np.array(["a"]), "dtype str"),
    ],
)
def test_what_is_not_plain_is_described(value, words):
    with pytest.raises(NotPlain, match=words):
        encode(value)


def test_lists_that_should_be_an_array_are_refused():
    with pytest.raises(NotPlain, match="use an array"):
        encode([1] * (MAX_HEAD // 2 + 1))


def test_a_number_too_long_to_write_down_is_refused():
    with pytest.raises(NotPlain, match="thousands of digits"):
        encode(10**5000)


def test_a_list_that_holds_itself_is_refused():
    loop: list[object] = []
    loop.append(loop)
    with pytest.raises(NotPlain, match=f"more than {MAX_DEPTH} deep"):
        encode(loop)


def _message(tree: object, body: bytes = b"") -> bytes:
    head = tree if isinstance(tree, bytes) else json.dumps(tree).encode()
    return struct.pack("<QQ", len(head), len(body)) + head + body


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "too few"),
        (struct.pack("<QQ", 2**60, 0), "do not add up"),
        (_message(b"not json"), "not JSON"),
        (_message(b" " * (MAX_HEAD + 1)), "too large to be read"),
        (_message(b"[" * 100_000), "not JSON"),
        (_message(b"NaN"), "not JSON"),
        (_message([1]), "no single tag"),
        (_message({"x": 1}), "unknown tag"),
        (_message({"f": 1.5}), "hexadecimal"),
        (_message({"l": 5}), "spelled as a list"),
        (_message({"s": [{"l": []}]}), "cannot be hashed"),
        (_message({"d": [[1]]}), "spelled as pairs"),
        (_message({"d": [[{"l": []}, 1]]}), "cannot be hashed"),
        (_message({"a": ["object", [1], "C"]}, b"12345678"), "not allowed"),
        (_message({"a": ["float64", [2], "C"]}, b"12345678"), "more bytes than were sent"),
        (_message({"a": ["float64", [-1], "C"]}), "impossible shape"),
        (_message({"a": ["float64", [2**39, 2**39], "C"]}), "more bytes than were sent"),
        (_message({"a": ["float64", [2**39, 0, 2**39], "C"]}), "impossible shape"),
        (_message({"s": [k * (2**61 - 1) for k in range(20_000)]}), "more than 10000 entries"),
        (_message({"l": [{"d": [[k, 0] for k in range(6_000)]}] * 2}), "more than 10000 entries"),
        (_message({"a": ["float64", [1], "K"]}, b"12345678"), "unknown order"),
        (_message({"a": ["float64", "C"]}), "dtype, shape and order"),
        (_message(1, b"extra"), "left over"),
        (_message({"r": [1, 2, 3, 4]}), "an exception"),
        (_message({"c": ["f"]}), "a function"),
        (_message({"c": ["f", 1, 2]}), "arguments are not"),
        (_message({"h": "x"}), "a handle"),
    ],
)
def test_hostile_bytes_are_refused_by_name(data, words):
    with pytest.raises(BadValue, match=words):
        decode(data)


def test_deep_nesting_is_refused():
    tree: object = 1
    for _ in range(MAX_DEPTH + 2):
        tree = {"l": [tree]}
    with pytest.raises(BadValue, match="too deep"):
        decode(_message(tree))


@given(st.binary(max_size=60), st.binary(max_size=20))
def test_no_bytes_at_all_raise_anything_but_bad_value(head, body):
    for data in (head, _message(head, body)):
        try:
            decode(data)
        except BadValue:
            continue
