"""Unusual and right ways to look inside a network."""

from functools import reduce


def runs_again_for_each(stages, x, visible):
    """Runs the stages from the beginning for every visible name."""
    names = ["input", *(name for name, _ in stages)]
    if not set(visible) <= set(names):
        raise ValueError("unknown stage")
    functions = [f for _, f in stages]
    return {
        name: reduce(lambda made, f: f(made), functions[: names.index(name)], x)
        for name in visible
    }


def in_the_order_of_the_stages(stages, x, visible):
    """One pass, kept in the order of the network, whatever the order of the names."""
    wanted, found = set(visible), {}
    for name, f in [("input", lambda image: image), *stages]:
        x = f(x)
        if name in wanted:
            found[name] = x
            wanted.remove(name)
    if wanted:
        raise ValueError(f"no stage is called {sorted(wanted)[0]!r}")
    return found
