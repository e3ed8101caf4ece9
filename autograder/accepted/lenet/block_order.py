"""Unusual and right ways to write a pattern out."""


def with_loops(n, m, k, pool):
    """Four loops and append; a tuple as the result."""
    for number in (n, m, k):
        if number < 0:
            raise ValueError("numbers are 0 or more")
    words = ["INPUT"]
    for _ in range(m):
        for _ in range(n):
            words.append("CONV")
            words.append("RELU")
        if pool:
            words.append("POOL")
    for _ in range(k):
        words.append("FC")
        words.append("RELU")
    words.append("FC")
    return tuple(words)


def by_text(n, m, k, pool):
    """Writes the pattern as a text first and splits it into words."""
    if n < 0 or m < 0 or k < 0:
        raise ValueError("at least 0, please")
    block = n * "CONV RELU " + ("POOL " if pool else "")
    return ("INPUT " + m * block + k * "FC RELU " + "FC").split()
