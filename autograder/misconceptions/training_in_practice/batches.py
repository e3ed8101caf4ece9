"""Wrong beliefs about the batches of an epoch."""

import numpy as np

STRATEGIES = ("pattern", "mini-batch", "epoch")


def drops_the_short_batch(n, strategy, size, rng):
    """You drop the last batch if it is short; every row should come up once in an epoch.

    Batches of one size look tidier, and some loaders drop the rest on request.
    """
    step = _step(n, strategy, size)
    return [batch for batch in _cut(rng.permutation(n), step) if len(batch) == step]


def fills_up_the_last_batch(n, strategy, size, rng):
    """You fill the last batch up with rows that came up already; it should just be shorter.

    All batches then have one size, and a few rows count twice.
    """
    step = _step(n, strategy, size)
    order = rng.permutation(n)
    missing = -n % step
    return _cut(np.concatenate([order, np.resize(order, missing)]), step)


def draws_with_replacement(n, strategy, size, rng):
    """You draw the rows of each batch anew; then some come up twice in an epoch, others never.

    "A random subset for each update" sounds like that. An epoch means: every row once.
    """
    return _cut(rng.integers(0, n, n), _step(n, strategy, size))


def never_shuffles(n, strategy, size, rng):
    """You deal the rows out as they stand; shuffle them first, with rng.

    If the data is sorted by class, each update then sees one class only.
    """
    return _cut(np.arange(n), _step(n, strategy, size))


def shuffles_the_batches_only(n, strategy, size, rng):
    """You shuffle the order of the batches; the rows inside travel together for ever.

    Only the places where batches start are drawn. It is seen in published code.
    """
    pieces = _cut(np.arange(n), _step(n, strategy, size))
    full = [piece for piece in pieces if len(piece) == len(pieces[0])]
    return [full[k] for k in rng.permutation(len(full))] + pieces[len(full) :]


def lets_size_rule_everything(n, strategy, size, rng):
    """You cut batches of `size` whatever the strategy is; by pattern it is 1, by epoch n.

    The argument is there, so it is used.
    """
    _step(n, strategy, size)
    return _cut(rng.permutation(n), size)


def takes_one_pattern_for_an_epoch(n, strategy, size, rng):
    """You return a single batch of one row by pattern; an epoch has n of them, one for each row.

    "Only one training pattern is considered for one update": for one update, not for one epoch.
    """
    step = _step(n, strategy, size)
    return _cut(rng.permutation(n), step)[: 1 if strategy == "pattern" else None]


def spreads_the_rest(n, strategy, size, rng):
    """You spread the rows evenly over the batches; all have `size` rows but the last one.

    np.array_split makes pieces of nearly equal size, which is not what a batch size says.
    """
    step = _step(n, strategy, size)
    return np.array_split(rng.permutation(n), max(1, -(-n // step)))


def mixes_up_pattern_and_epoch(n, strategy, size, rng):
    """You exchange "pattern" and "epoch"; one pattern for each update is learning by pattern.

    By pattern there are n updates in an epoch, by epoch there is one.
    """
    other = {"pattern": "epoch", "epoch": "pattern"}
    return _cut(rng.permutation(n), _step(n, other.get(strategy, strategy), size))


def _step(n, strategy, size):
    if strategy not in STRATEGIES:
        raise ValueError("unknown strategy")
    return {"pattern": 1, "mini-batch": size, "epoch": n}[strategy]


def _cut(order, step):
    return [order[start : start + step] for start in range(0, len(order), step)]
