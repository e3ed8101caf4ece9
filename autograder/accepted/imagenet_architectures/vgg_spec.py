"""Unusual and right ways to write VGG as a list."""


def lists_in_place_of_tuples(stages, side=224, n_classes=1000, hidden=4096):
    """Rows as lists; widths of all convolutions first, then pairs of neighbours."""
    widths = [3] + [K for repeats, K in stages for _ in range(repeats)]
    convs = [["conv", 3, 1, 1, C, K, 1] for C, K in zip(widths, widths[1:], strict=False)]
    rows, start = [], 0
    for repeats, _ in stages:
        rows += [*convs[start : start + repeats], ["pool", 2, 2, 0]]
        start += repeats
    left = side // 2 ** len(stages)
    return [*rows, ["fc", widths[-1] * left**2, hidden], ["fc", hidden, hidden],
            ["fc", hidden, n_classes]]


def stage_by_stage(stages, side=224, n_classes=1000, hidden=4096):
    """The first convolution of a stage is written apart from the others; returns a tuple."""
    rows, C = (), 3
    for repeats, K in stages:
        rows += (("conv", 3, 1, 1, C, K, 1),) + (("conv", 3, 1, 1, K, K, 1),) * (repeats - 1)
        rows += (("pool", 2, 2, 0),)
        C, side = K, (side - 2) // 2 + 1
    for n_in, n_out in ((C * side * side, hidden), (hidden, hidden), (hidden, n_classes)):
        rows += (("fc", n_in, n_out),)
    return rows
