"""Wrong beliefs about gradient descent."""

import numpy as np


def _descend(grad, w_init, lr, tol, max_iter, *, step=None, small=None, first=False):
    """The right loop with one part exchanged."""
    w = np.array(w_init, dtype=float)
    path = [w]
    for count in range(max_iter + 1):
        g = np.asarray(grad(w))
        if not np.isfinite(g).all():
            return w, np.array(path), "diverged"
        done = np.linalg.norm(g) <= tol if small is None else small(g)
        if done and not (first and count == 0):
            return w, np.array(path), "converged"
        if count < max_iter:
            w = w - lr * g if step is None else step(w, g)
            path.append(w)
    return w, np.array(path), "max_iter"


def walks_along_the_gradient(grad, w_init, lr, tol=1e-6, max_iter=1000):
    """You add the gradient; it points uphill, so it must be subtracted.

    A slide says "use the direction of the gradient", and leaves the sign to its formula.
    """
    with np.errstate(all="ignore"):
        return _descend(grad, w_init, lr, tol, max_iter, step=lambda w, g: w + lr * g)


def forgets_the_learning_rate(grad, w_init, lr, tol=1e-6, max_iter=1000):
    """You subtract the whole gradient; a step is lr times the gradient.

    With lr = 1 nothing shows.
    """
    with np.errstate(all="ignore"):
        return _descend(grad, w_init, lr, tol, max_iter, step=lambda w, g: w - g)


def steps_by_the_sign(grad, w_init, lr, tol=1e-6, max_iter=1000):
    """You always go lr far in every coordinate; the step grows and shrinks with the gradient.

    "Step against the slope" is heard as a direction only.
    """
    return _descend(grad, w_init, lr, tol, max_iter, step=lambda w, g: w - lr * np.sign(g))


def divides_by_the_norm(grad, w_init, lr, tol=1e-6, max_iter=1000):
    """You divide the gradient by its length; the update uses it as it is.

    Then every step is lr long. The learning rate is often called a step length.
    """
    return _descend(grad, w_init, lr, tol, max_iter,
                    step=lambda w, g: w - lr * g / max(np.linalg.norm(g), 1e-300))


def leaves_the_start_out_of_the_path(grad, w_init, lr, tol=1e-6, max_iter=1000):
    """Your path begins with the first step; the start belongs to it.

    The path is appended to in the loop, after the update.
    """
    w, path, status = _descend(grad, w_init, lr, tol, max_iter)
    return w, path[1:], status


def keeps_one_array_for_all_points(grad, w_init, lr, tol=1e-6, max_iter=1000):
    """Your path holds its last point again and again; w -= ... changes the array you stored.

    append stores the array itself, not its values of that moment.
    """
    w, path, status = _descend(grad, w_init, lr, tol, max_iter)
    return w, np.array([w] * len(path)), status


def steps_before_looking(grad, w_init, lr, tol=1e-6, max_iter=1000):
    """You take a step before you test; where the gradient is small already, none is taken.

    "Repeat until" tests at the end, "while" at the beginning.
    """
    return _descend(grad, w_init, lr, tol, max_iter, first=True)


def stops_without_a_last_look(grad, w_init, lr, tol=1e-6, max_iter=1000):
    """You do not look again after the last step; if the gradient is small there, it converged.

    for _ in range(max_iter): test, step. What comes after the loop is called max_iter.
    """
    w, path, status = _descend(grad, w_init, lr, tol, max_iter)
    return w, path, "max_iter" if len(path) > max_iter else status


def stops_when_the_step_is_small(grad, w_init, lr, tol=1e-6, max_iter=1000):
    """You stop when the step is small; the gradient decides, a small rate makes small steps too.

    "It does not move any more" is what one sees.
    """
    return _descend(grad, w_init, lr, tol, max_iter,
                    small=lambda g: np.linalg.norm(lr * g) <= tol)


def looks_at_the_largest_entry(grad, w_init, lr, tol=1e-6, max_iter=1000):
    """You compare the largest entry of the gradient; its norm is larger, and it decides.

    In one dimension there is no difference.
    """
    return _descend(grad, w_init, lr, tol, max_iter, small=lambda g: np.abs(g).max() <= tol)


def compares_the_squared_norm(grad, w_init, lr, tol=1e-6, max_iter=1000):
    """You compare the sum of squares; the norm is its root.

    Without the root it stops too early for a tol below 1, and too late for one above.
    """
    return _descend(grad, w_init, lr, tol, max_iter, small=lambda g: np.sum(g**2) <= tol)


def wants_less_than_tol(grad, w_init, lr, tol=1e-6, max_iter=1000):
    """You ask for a norm below tol; "at most tol" includes tol itself, and a tol of 0.

    < and <= differ only on the border. With tol = 0 and an exact minimum the border is reached.
    """
    return _descend(grad, w_init, lr, tol, max_iter, small=lambda g: np.linalg.norm(g) < tol)


def never_says_diverged(grad, w_init, lr, tol=1e-6, max_iter=1000):
    """You go on with inf and nan; stop as soon as the gradient is not finite.

    nan is not an error for Python. It only spreads.
    """
    w = np.array(w_init, dtype=float)
    path = [w]
    with np.errstate(all="ignore"):
        for count in range(max_iter + 1):
            g = np.asarray(grad(w))
            if np.linalg.norm(g) <= tol:
                return w, np.array(path), "converged"
            if count < max_iter:
                w = w - lr * g
                path.append(w)
    return w, np.array(path), "max_iter"


def puts_the_infinite_point_into_the_path(grad, w_init, lr, tol=1e-6, max_iter=1000):
    """You return a point with inf; w and the path end with the last finite point.

    Whether a point is finite is asked after it has been appended.
    """
    w, path, status = _descend(grad, w_init, lr, tol, max_iter)
    if status == "diverged":
        w = w - lr * np.asarray(grad(w))
        path = np.vstack([path, [w]])
    return w, path, status


def calls_growing_steps_diverged(grad, w_init, lr, tol=1e-6, max_iter=1000):
    """You say diverged when the gradient has grown; only inf or nan count, else max_iter decides.

    Growing is how divergence begins. But on the way over a hill it ends again.
    """
    w, path, status = _descend(grad, w_init, lr, tol, max_iter)
    sizes = [np.linalg.norm(grad(point)) for point in path]
    for k in range(1, len(path)):
        if sizes[k] > sizes[k - 1]:
            return path[k], path[: k + 1], "diverged"
    return w, path, status


def moves_one_coordinate_after_the_other(grad, w_init, lr, tol=1e-6, max_iter=1000):
    """You update the entries one after the other; all of them move with the same old gradient.

    A loop over w[i] that calls grad again uses entries that have moved already.
    """

    def step(w, g):
        moved = w.copy()
        for index in np.ndindex(w.shape):
            moved[index] -= lr * np.asarray(grad(moved))[index]
        return moved

    return _descend(grad, w_init, lr, tol, max_iter, step=step)


def counts_the_start_as_a_step(grad, w_init, lr, tol=1e-6, max_iter=1000):
    """Your path has max_iter points; max_iter counts steps, and the start is one point more.

    while len(path) < max_iter reads well, and is one step short.
    """
    return _descend(grad, w_init, lr, tol, max(max_iter - 1, 0))


def rounds_a_start_of_whole_numbers(grad, w_init, lr, tol=1e-6, max_iter=1000):
    """You keep the type of the start; whole numbers round every step, so make it float first.

    np.array(w_init) of whole numbers is an array of whole numbers, and stays one.
    """
    if np.asarray(w_init).dtype.kind not in "iu":
        return _descend(grad, w_init, lr, tol, max_iter)
    return _descend(grad, w_init, lr, tol, max_iter, step=lambda w, g: np.trunc(w - lr * g))
