"""Unusual and right ways to count a ResNet."""


def a_list_of_all_convolutions(
    blocks, bottleneck=False, n_classes=1000, width=64, stem=7, projection=True
):
    """Writes every convolution into a list and counts at the end."""
    rows, C, depth = [(3, width, stem)], width, 2
    for stage, repeats in enumerate(blocks):
        inner = width * 2**stage
        plan = [(inner, 1), (inner, 3), (4 * inner, 1)] if bottleneck else [(inner, 3)] * 2
        for _ in range(repeats):
            came = C
            for K, F in plan:
                rows.append((C, K, F))
                C, depth = K, depth + 1
            if projection and came != C:
                rows.append((came, C, 1))
    return [depth, sum(n * k * F**2 + 2 * k for n, k, F in rows) + (C + 1) * n_classes]


def by_formulas(blocks, bottleneck=False, n_classes=1000, width=64, stem=7, projection=True):
    """The first block of a stage, and then the others all at once."""
    def block(C, w):
        if bottleneck:
            return C * w + 9 * w * w + 4 * w * w + 12 * w
        return 9 * C * w + 9 * w * w + 4 * w

    wide = 4 if bottleneck else 1
    total, C, w = width * (3 * stem * stem + 2), width, width
    for repeats in blocks:
        total += block(C, w) + (repeats - 1) * block(wide * w, w)
        if projection and wide * w != C:
            total += wide * w * (C + 2)
        C, w = wide * w, 2 * w
    return 2 + sum(blocks) * (3 if bottleneck else 2), total + n_classes * (C + 1)


def one_block_at_a_time(
    blocks, bottleneck=False, n_classes=1000, width=64, stem=7, projection=True
):
    """Recursion over the blocks that are left."""
    def rest(stages, C, w):
        if not stages:
            return 0, n_classes * C + n_classes
        if stages[0] == 0:
            return rest(stages[1:], C, 2 * w)
        K = 4 * w if bottleneck else w
        own = w * (C + 2) + w * (9 * w + 2) + K * (w + 2) if bottleneck \
            else w * (9 * C + 2) + w * (9 * w + 2)
        own += K * (C + 2) if projection and C != K else 0
        layers, total = rest([stages[0] - 1, *stages[1:]], K, w)
        return layers + (3 if bottleneck else 2), total + own

    layers, total = rest(list(blocks), width, width)
    return layers + 2, total + 3 * width * stem**2 + 2 * width
