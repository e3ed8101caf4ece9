"""What people believe about looking at the layers of a network."""


def _all(stages, x):
    made = {"input": x}
    for name, f in stages:
        x = f(x)
        made[name] = x
    return made


def _expect(made, visible):
    for name in visible:
        if name not in made:
            raise ValueError(f"no stage is called {name!r}")


def skips_what_is_hidden(stages, x, visible):
    """You leave hidden stages out of the computation; they still work, they are only not shown.

    "Switched off" sounds like taken out of the network.
    """
    _expect(_all(stages, x), visible)
    shown = {"input": x} if "input" in visible else {}
    for name, f in stages:
        if name in visible:
            x = f(x)
            shown[name] = x
    return shown


def gives_every_stage_the_input(stages, x, visible):
    """You give every stage the image; each gets what the stage before it made.

    The name x is used for the input of the network and for that of a layer.
    """
    made = {"input": x, **{name: f(x) for name, f in stages}}
    _expect(made, visible)
    return {name: made[name] for name in visible}


def shows_everything(stages, x, visible):
    """You give all stages; asked for are the visible ones.

    A dictionary of everything is the first step, and it is taken for the last.
    """
    made = _all(stages, x)
    _expect(made, visible)
    del made["input"]
    return made


def shows_everything_and_the_input(stages, x, visible):
    """You give everything you made; asked for are the visible names only.

    The dictionary with "input" in front is the first step, and it is taken for the last.
    """
    made = _all(stages, x)
    _expect(made, visible)
    return made


def answers_an_unknown_name_with_a_keyerror(stages, x, visible):
    """You look a name up that is not there: that is a KeyError; a ValueError was asked for.

    An error is an error, as long as something complains.
    """
    made = _all(stages, x)
    return {name: made[name] for name in visible}


def shows_what_goes_in(stages, x, visible):
    """You note what goes into a stage; asked for is what comes out of it.

    The line that keeps x stands before the one that changes it.
    """
    made = {"input": x}
    for name, f in stages:
        made[name] = x
        x = f(x)
    _expect(made, visible)
    return {name: made[name] for name in visible}


def knows_no_input(stages, x, visible):
    """You leave "input" out; it may be asked for like a stage, and is x itself.

    It is no stage, so a loop over the stages does not meet it.
    """
    made = _all(stages, x)
    _expect(made, visible)
    return {name: made[name] for name in visible if name != "input"}


def always_shows_the_input(stages, x, visible):
    """You always show the input; it is visible only if it is asked for.

    The dictionary begins with it.
    """
    made = _all(stages, x)
    _expect(made, visible)
    return {name: made[name] for name in made if name in visible or name == "input"}


def overlooks_unknown_names(stages, x, visible):
    """You pass over names that no stage has; the statement asks for a ValueError.

    A loop over the stages never meets them. Then a slip of the pen shows an empty picture.
    """
    made = _all(stages, x)
    return {name: made[name] for name in made if name in visible}


def gives_a_list(stages, x, visible):
    """You give a list; a dictionary from names to arrays was asked for.

    The order of the stages seems to say enough.
    """
    made = _all(stages, x)
    _expect(made, visible)
    return [made[name] for name in made if name in visible]


def shows_the_end_only(stages, x, visible):
    """You keep nothing but the last output; every visible stage has its own.

    x is overwritten from stage to stage, and at the end only the last is there.
    """
    made = _all(stages, x)
    _expect(made, visible)
    last = stages[-1][0]
    return {name: made[last] for name in visible}
