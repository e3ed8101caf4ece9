"""Wrong beliefs about a step with momentum and weight decay."""


def forgets_the_momentum(w, g, v, lr, mu=0.9, wd=5e-4):
    """You leave the old velocity out; it goes on with the factor mu.

    Without it this is plain gradient descent, which also goes down.
    """
    v = g + wd * w
    return w - lr * v, v


def steps_with_the_old_velocity(w, g, v, lr, mu=0.9, wd=5e-4):
    """You step with the velocity of the last time; update v first, then step with the new one.

    Both lines are there, in the other order: every step comes one gradient late.
    """
    return w - lr * v, mu * v + g + wd * w


def puts_the_rate_into_the_velocity(w, g, v, lr, mu=0.9, wd=5e-4):
    """You put -lr into the velocity; here v collects gradients, without rate and minus sign.

    Both forms are in use, and with a constant rate and one start they take the same way.
    """
    v = mu * v - lr * (g + wd * w)
    return w + v, v


def scales_the_velocity_by_the_rate(w, g, v, lr, mu=0.9, wd=5e-4):
    """You put lr into the velocity; here v collects gradients, and lr comes in the step only.

    Many texts do so. The first step is even the same.
    """
    v = mu * v + lr * (g + wd * w)
    return w - v, v


def averages_the_gradients(w, g, v, lr, mu=0.9, wd=5e-4):
    """You weigh the new gradient with 1 - mu; in this convention it comes in whole.

    A running mean is what Adam keeps. Here v is a running sum.
    """
    v = mu * v + (1 - mu) * (g + wd * w)
    return w - lr * v, v


def forgets_the_weight_decay(w, g, v, lr, mu=0.9, wd=5e-4):
    """You leave the weight decay out; it adds wd * w to the gradient.

    With 0.0005 the difference is hard to see in one step.
    """
    v = mu * v + g
    return w - lr * v, v


def decays_beside_the_velocity(w, g, v, lr, mu=0.9, wd=5e-4):
    """You shrink the weights beside the velocity; here the decay belongs to the gradient.

    That is decoupled decay, as in AdamW. It is a different method.
    """
    v = mu * v + g
    return w - lr * v - lr * wd * w, v


def takes_the_penalty_without_its_half(w, g, v, lr, mu=0.9, wd=5e-4):
    """You add 2 wd w to the gradient; the penalty is wd/2 times the sum of squares.

    The derivative of wd * w^2 has a factor 2, and the half in the penalty removes it.
    """
    v = mu * v + g + 2 * wd * w
    return w - lr * v, v


def lets_the_weights_grow(w, g, v, lr, mu=0.9, wd=5e-4):
    """You subtract wd * w from the gradient; then the step pushes weights away from 0.

    The decay shall make weights smaller, so a minus sign looks right. The step has one already.
    """
    v = mu * v + g - wd * w
    return w - lr * v, v


def climbs(w, g, v, lr, mu=0.9, wd=5e-4):
    """You add the step to the weights; the gradient points uphill, so subtract it.

    v is built up with a plus sign, and it is tempting to go on with one.
    """
    v = mu * v + g + wd * w
    return w + lr * v, v


def forgets_the_rate(w, g, v, lr, mu=0.9, wd=5e-4):
    """You step by v itself; multiply it by the learning rate.

    In the other convention lr is part of v already.
    """
    v = mu * v + g + wd * w
    return w - v, v


def looks_ahead(w, g, v, lr, mu=0.9, wd=5e-4):
    """You step by g + mu v, as Nesterov does; plain momentum steps by the new v.

    Both keep the same velocity.
    """
    g = g + wd * w
    v = mu * v + g
    return w - lr * (g + mu * v), v
