"""Wrong beliefs about walking a computation backwards."""


def overwrites_what_was_there(parts, slopes, result):
    """You write = where += is needed; a number used twice gets a gradient from both places.

    In a chain there is nothing to add, and most first examples are chains.
    """
    return _walk(parts, slopes, result, lambda old, new: new)


def walks_forward(parts, slopes, result):
    """You reach the parts of the result and no further; go from the result back to number 0.

    A loop over the numbers in the order of computing meets every number before its gradient has
    arrived, except the result. Stopping after one step comes to the same.
    """
    gradients = [0.0] * len(parts)
    gradients[result] = 1.0
    for k in range(result + 1):
        for part, slope in zip(parts[k], slopes[k]):
            gradients[part] += slope * gradients[k]
    return gradients


def forgets_what_comes_from_behind(parts, slopes, result):
    """You add up the slopes alone; each is multiplied by the gradient of the number it belongs to.

    The slope is the derivative of one operation, and one forgets that more follow.
    """
    gradients = [0.0] * len(parts)
    gradients[result] = 1.0
    for k in range(result, -1, -1):
        for part, slope in zip(parts[k], slopes[k]):
            gradients[part] += slope
    return gradients


def adds_along_the_way(parts, slopes, result):
    """You add the slope to the gradient that arrives; along a way slopes are multiplied.

    Ways are added up, so the pieces of a way are, too.
    """
    gradients = [0.0] * len(parts)
    gradients[result] = 1.0
    for k in range(result, -1, -1):
        for part, slope in zip(parts[k], slopes[k]):
            gradients[part] += slope + gradients[k]
    return gradients


def starts_with_ones(parts, slopes, result):
    """You start every gradient with 1; only the result changes as fast as itself, the others
    start with 0.

    np.ones_like is how upstream gradients are made in many examples.
    """
    gradients = [1.0] * len(parts)
    for k in range(result, -1, -1):
        for part, slope in zip(parts[k], slopes[k]):
            gradients[part] += slope * gradients[k]
    return gradients


def starts_at_the_end_of_the_list(parts, slopes, result):
    """You start at the last number; start at `result`, wherever it stands.

    Usually the result is computed last.
    """
    return _walk(parts, slopes, len(parts) - 1, lambda old, new: old + new)


def counts_a_repeated_part_once(parts, slopes, result):
    """You hand a number that stands twice among the parts its share once; in x * x both count.

    A set or a dictionary of parts drops the second one without a word.
    """
    once = [list(dict(zip(p, s)).items()) for p, s in zip(parts, slopes)]
    return _walk([[part for part, _ in pairs] for pairs in once],
                 [[slope for _, slope in pairs] for pairs in once], result,
                 lambda old, new: old + new)


def leaves_the_result_without_a_gradient(parts, slopes, result):
    """You leave 0 as the gradient of the result; it is 1, for the result by itself.

    It is only needed to start the walk, and then seems to be done with.
    """
    gradients = _walk(parts, slopes, result, lambda old, new: old + new)
    gradients[result] = 0.0
    return gradients


def _walk(parts, slopes, result, join):
    gradients = [0.0] * len(parts)
    gradients[result] = 1.0
    for k in range(result, -1, -1):
        for part, slope in zip(parts[k], slopes[k]):
            gradients[part] = join(gradients[part], slope * gradients[k])
    return gradients
