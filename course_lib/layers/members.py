"""What layers that hold layers ask of them."""

from collections.abc import Mapping

from course_lib.layers.layer import Layer


def named(
    owner: str, in_order: tuple[Layer, ...], by_name: Mapping[str, Layer]
) -> dict[str, Layer]:
    """The members by name; one that was given without a name is called by its place, "0", "1".

    Raises TypeError for anything but layers, ValueError for a name that is such a place too, and
    if one layer object stands in two places: it could remember only the last of its inputs, and
    its gradient would be wrong.
    """
    members: dict[str, Layer] = {str(place): layer for place, layer in enumerate(in_order)}
    for name in by_name:
        if name in members:
            raise ValueError(
                f"{owner} expects every name once; {name!r} is also the place of a layer without "
                "a name. Give that one a name, too."
            )
    members.update(by_name)
    for name, layer in members.items():
        _check_is_layer(owner, name, layer)
    check_each_stands_once(owner, members)
    return members


def check_each_stands_once(owner: str, members: Mapping[str, Layer]) -> None:
    """Raise ValueError if one layer object is found twice in the members."""
    places: dict[int, str] = {}
    for name, outer in members.items():
        for layer in outer.layers_within():
            where = f"at place {name}" if layer is outer else f"inside place {name}"
            if id(layer) in places:
                kind = type(layer).__name__
                raise ValueError(
                    f"{owner} expects every layer object once; the same {kind} stands "
                    f"{places[id(layer)]} and {where}. It remembers only its last input, so "
                    f"make a second {kind}."
                )
            places[id(layer)] = where


def _check_is_layer(owner: str, name: str, layer: object) -> None:
    if isinstance(layer, Layer):
        return
    if isinstance(layer, type) and issubclass(layer, Layer):
        got, advice = f"the class {layer.__name__}", f"Did you mean {layer.__name__}(...)?"
    elif isinstance(layer, list | tuple):
        got, advice = f"a {type(layer).__name__}", f"Did you mean {owner}(*layers)?"
    else:
        got, advice = f"a {type(layer).__name__}", "Let your own class inherit from layers.Layer."
    raise TypeError(f"{owner} expects layers; got {got} at place {name}. {advice}")


def shown(owner: str, members: Mapping[str, Layer]) -> str:
    """Parallel(Linear(...), pool=MaxPool2d(...)): the members as they were given."""
    given = (repr(m) if n.isdigit() else f"{n}={m!r}" for n, m in members.items())
    return f"{owner}({', '.join(given)})"
