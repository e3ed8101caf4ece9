"""What people believe about freezing layers."""


def _known(weights, frozen):
    for layer in frozen:
        if not any(name.startswith(f"{layer}.") for name in weights):
            raise ValueError(f"no layer {layer}")


def _stepped(weights, gradients, lr, is_frozen):
    return {name: w.copy() if is_frozen(name) else w - lr * gradients[name]
            for name, w in weights.items()}


def freezes_what_begins_alike(weights, gradients, frozen, lr):
    """You freeze every name that begins with the text; conv10 is not conv1: mind the dot.

    startswith("conv1") is true for "conv10.weight".
    """
    _known(weights, frozen)
    return _stepped(weights, gradients, lr,
                    lambda name: any(name.startswith(layer) for layer in frozen))


def freezes_what_contains_the_name(weights, gradients, frozen, lr):
    """You freeze every name that has the text somewhere in it; a layer's name stands in front.

    `layer in name` reads like plain English.
    """
    _known(weights, frozen)
    return _stepped(weights, gradients, lr,
                    lambda name: any(layer in name for layer in frozen))


def freezes_inner_layers_of_that_name(weights, gradients, frozen, lr):
    """You freeze layers of that name inside other layers; "encoder.fc" is not "fc".

    Taken apart at the dots, both contain fc.
    """
    _known(weights, frozen)
    return _stepped(weights, gradients, lr,
                    lambda name: any(f".{layer}." in f".{name}" for layer in frozen))


def knows_outer_layers_only(weights, gradients, frozen, lr):
    """You compare the part before the first dot; "body.block" is a layer, too.

    Without layers inside layers that is enough.
    """
    _known(weights, frozen)
    return _stepped(weights, gradients, lr, lambda name: name.split(".")[0] in frozen)


def refuses_inner_layers(weights, gradients, frozen, lr):
    """You refuse a layer that lies in another one; "body.block" is a name, too.

    split(".")[0] gives the outermost layer, and nothing else is looked up.
    """
    outer = {name.split(".")[0] for name in weights}
    for layer in frozen:
        if layer not in outer:
            raise ValueError(f"no layer {layer}")
    return _stepped(weights, gradients, lr, lambda name: name.split(".")[0] in frozen)



def knows_innermost_layers_only(weights, gradients, frozen, lr):
    """You compare all before the last dot; "body" freezes what lies inside its inner layers, too.

    Without layers inside layers that is enough.
    """
    _known(weights, frozen)
    return _stepped(weights, gradients, lr, lambda name: name.rpartition(".")[0] in frozen)


def trains_the_frozen_layers(weights, gradients, frozen, lr):
    """You move the frozen layers and keep the others; it is the other way round.

    "trainable" lists are more common than "frozen" ones.
    """
    _known(weights, frozen)
    return _stepped(weights, gradients, lr,
                    lambda name: not any(name.startswith(f"{layer}.") for layer in frozen))


def freezes_the_weights_only(weights, gradients, frozen, lr):
    """You freeze the weights and let the biases move; a frozen layer keeps both.

    Biases are easily forgotten.
    """
    _known(weights, frozen)
    return _stepped(weights, gradients, lr,
                    lambda name: name in {f"{layer}.weight" for layer in frozen})


def leaves_the_frozen_ones_out(weights, gradients, frozen, lr):
    """You leave the frozen parameters out of the result; the network still needs them.

    Nothing happens to them, so they seem not worth returning.
    """
    _known(weights, frozen)
    return {name: w - lr * gradients[name] for name, w in weights.items()
            if not any(name.startswith(f"{layer}.") for layer in frozen)}


def sets_the_frozen_ones_to_zero(weights, gradients, frozen, lr):
    """You set frozen weights to 0; frozen means: as they are.

    It is their gradient that is 0.
    """
    _known(weights, frozen)
    return {name: 0 * w if any(name.startswith(f"{layer}.") for layer in frozen)
            else w - lr * gradients[name] for name, w in weights.items()}


def slows_the_frozen_ones_down(weights, gradients, frozen, lr):
    """You let frozen layers learn at a tenth of the rate; frozen ones do not move at all.

    Small rates for early layers are another good way to fine-tune.
    """
    _known(weights, frozen)
    rates = {name: lr / 10 if any(name.startswith(f"{layer}.") for layer in frozen) else lr
             for name in weights}
    return {name: w - rates[name] * gradients[name] for name, w in weights.items()}


def freezes_nothing(weights, gradients, frozen, lr):
    """You let all layers learn; what is listed in `frozen` keeps its weights.

    The loss falls all the same.
    """
    _known(weights, frozen)
    return _stepped(weights, gradients, lr, lambda name: False)


def climbs(weights, gradients, frozen, lr):
    """You add the gradient; the loss falls against it.

    "Follow the gradient" is often said.
    """
    _known(weights, frozen)
    return _stepped(weights, gradients, -lr,
                    lambda name: any(name.startswith(f"{layer}.") for layer in frozen))


def forgets_the_rate(weights, gradients, frozen, lr):
    """You subtract the whole gradient; it is multiplied by the rate first.

    With lr = 1 it is the same.
    """
    _known(weights, frozen)
    return _stepped(weights, gradients, 1.0,
                    lambda name: any(name.startswith(f"{layer}.") for layer in frozen))


def passes_over_unknown_names(weights, gradients, frozen, lr):
    """You pass over a frozen name that no layer has; that is a ValueError.

    A slip of the pen then trains what should rest, and nobody notices.
    """
    return _stepped(weights, gradients, lr,
                    lambda name: any(name.startswith(f"{layer}.") for layer in frozen))


def complains_only_if_none_is_known(weights, gradients, frozen, lr):
    """You complain only if no frozen name is known; each one must be.

    any and all are easily exchanged.
    """
    def is_frozen(name):
        return any(name.startswith(f"{layer}.") for layer in frozen)

    if len(frozen) and not any(map(is_frozen, weights)):
        raise ValueError("no layer of these names")
    return _stepped(weights, gradients, lr, is_frozen)


def returns_the_changes(weights, gradients, frozen, lr):
    """You return how far each parameter moves; asked for are the parameters after the step.

    Optimisers are written as updates.
    """
    _known(weights, frozen)
    return {name: 0 * w if any(name.startswith(f"{layer}.") for layer in frozen)
            else -lr * gradients[name] for name, w in weights.items()}
