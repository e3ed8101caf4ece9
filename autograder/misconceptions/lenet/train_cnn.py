"""What people believe about training and the best weights."""

import numpy as np

from course_lib import functional as F


def _step(net, update, x, y, empty=True):
    logits = net.forward(x)
    if empty:
        net.zero_grad()
    net.backward(F.cross_entropy_backward(np.array(1.0), logits, y))
    update(net.parameters())
    return float(F.cross_entropy(logits, y))


def _loss(net, part):
    return float(F.cross_entropy(net.forward(part[0]), part[1]))


def _run(net, update, batches, validation, epochs, step=_step):
    """Losses and states after each epoch, the state before the first one in front."""
    losses, states = [], [net.state_dict()]
    for _ in range(epochs):
        for x, y in batches:
            step(net, update, x, y)
        losses.append(_loss(net, validation))
        states.append(net.state_dict())
    return losses, states


def _answers(net, state, validation):
    net.load_state_dict(state)
    return net.forward(validation[0])


def keeps_the_last_weights(net, update, batches, validation, epochs):
    """You answer as the net of the last epoch does; an earlier one may have been the best.

    Every epoch is thought to be better than the one before. Noting net.parameters() instead of a
    copy has the same effect.
    """
    losses, states = _run(net, update, batches, validation, epochs)
    return losses, _answers(net, states[-1], validation)


def goes_back_to_the_beginning(net, update, batches, validation, epochs):
    """You keep the weights from before the first epoch; they belong behind the best one.

    The copy is made where the variable is first set.
    """
    losses, states = _run(net, update, batches, validation, epochs)
    return losses, _answers(net, states[0], validation)


def keeps_the_weights_before_the_best_epoch(net, update, batches, validation, epochs):
    """You copy the weights before an epoch and judge them by the loss after it.

    One counts epochs from 0 and lists of weights from 1.
    """
    losses, states = _run(net, update, batches, validation, epochs)
    return losses, _answers(net, states[int(np.argmin(losses))], validation)


def keeps_the_worst(net, update, batches, validation, epochs):
    """You keep the epoch with the largest loss; a loss is best where it is smallest.

    For an accuracy the largest would be the best.
    """
    losses, states = _run(net, update, batches, validation, epochs)
    return losses, _answers(net, states[int(np.argmax(losses)) + 1], validation)


def judges_by_the_training_loss(net, update, batches, validation, epochs):
    """You note the loss of the training batches; asked for is that of the validation part.

    It is at hand in the loop, and it falls so nicely.
    """
    told, states = [], []
    for _ in range(epochs):
        told.append(float(np.mean([_step(net, update, x, y) for x, y in batches])))
        states.append(net.state_dict())
    return told, _answers(net, states[int(np.argmin(told))], validation)


def judges_by_the_last_batch(net, update, batches, validation, epochs):
    """You note the loss of the last batch; asked for is that of the validation part.

    `logits` and `y` of the inner loop are still there when it has ended.
    """
    told, states = [], []
    for _ in range(epochs):
        told.append([_step(net, update, x, y) for x, y in batches][-1])
        states.append(net.state_dict())
    return told, _answers(net, states[int(np.argmin(told))], validation)


def gives_probabilities(net, update, batches, validation, epochs):
    """You return probabilities; logits are what the net answers before any softmax.

    Softmax makes numbers that can be read.
    """
    losses, logits = _kept(net, update, batches, validation, epochs)
    return losses, F.softmax(logits)


def empties_the_gradients_once_an_epoch(net, update, batches, validation, epochs):
    """You empty the gradients once an epoch; they must be emptied before each step.

    The line stands one loop too far out.
    """
    losses, states = [], []
    for _ in range(epochs):
        net.zero_grad()
        for x, y in batches:
            _step(net, update, x, y, empty=False)
        losses.append(_loss(net, validation))
        states.append(net.state_dict())
    return losses, _answers(net, states[int(np.argmin(losses))], validation)


def never_empties_the_gradients(net, update, batches, validation, epochs):
    """You let the gradients of all batches pile up; they must be emptied before each step.

    In other frameworks too backward adds to what is there.
    """
    def step(net, update, x, y):
        _step(net, update, x, y, empty=False)
    losses, states = _run(net, update, batches, validation, epochs, step)
    return losses, _answers(net, states[int(np.argmin(losses)) + 1], validation)


def steps_once_an_epoch(net, update, batches, validation, epochs):
    """You change the weights once an epoch; each batch is followed by an update of its own.

    Then batches would only save memory.
    """
    losses, states = [], []
    for _ in range(epochs):
        net.zero_grad()
        for x, y in batches:
            net.backward(F.cross_entropy_backward(np.array(1.0), net.forward(x), y))
        update(net.parameters())
        losses.append(_loss(net, validation))
        states.append(net.state_dict())
    return losses, _answers(net, states[int(np.argmin(losses))], validation)


def validates_before_it_trains(net, update, batches, validation, epochs):
    """You measure at the beginning of an epoch; the losses asked for are those after it.

    Then the first number says how good an untrained net is, and the last weights go untested.
    """
    losses, states = _run(net, update, batches, validation, epochs)
    net.load_state_dict(states[0])
    early = [_loss(net, validation), *losses[:-1]]
    return early, _answers(net, states[int(np.argmin(early))], validation)


def learns_from_the_validation_part(net, update, batches, validation, epochs):
    """You train on the validation part as well; then it no longer tells when to stop.

    It holds good images with labels, and more data is better.
    """
    return _kept(net, update, [*batches, validation], validation, epochs)


def uses_the_first_batch_only(net, update, batches, validation, epochs):
    """You train on one batch an epoch; an epoch goes through all of them.

    The inner loop is forgotten, or its return stands too far in.
    """
    return _kept(net, update, batches[:1], validation, epochs)


def _kept(net, update, batches, validation, epochs):
    losses, states = _run(net, update, batches, validation, epochs)
    return losses, _answers(net, states[int(np.argmin(losses)) + 1], validation)


def stops_as_soon_as_it_gets_worse(net, update, batches, validation, epochs):
    """You stop at the first loss that rises; all epochs were asked for, and the best of them.

    That is early stopping with no patience at all.
    """
    losses, states = _run(net, update, batches, validation, epochs)
    end = next((k + 1 for k in range(1, epochs) if losses[k] > losses[k - 1]), epochs)
    return losses[:end], _answers(net, states[int(np.argmin(losses[:end])) + 1], validation)
