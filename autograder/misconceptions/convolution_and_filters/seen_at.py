"""Wrong beliefs about what is seen beyond a border."""


def _seen(k, n, mode):
    if 0 <= k < n:
        return k
    if mode == "zero":
        return None
    if mode == "clamp":
        return 0 if k < 0 else n - 1
    if mode == "wrap":
        return k % n
    if mode == "mirror":
        return -1 - k if k < 0 else 2 * n - 1 - k
    return -k if k < 0 else 2 * n - 2 - k


def returns_0_for_zero(k, n, mode):
    """You return 0 for "zero"; 0 is the number of the first pixel, and no pixel is None.

    The rule is called zero, and the value of the border is 0. Asked is for a place.
    """
    seen = _seen(k, n, mode)
    return 0 if seen is None else seen


def says_none_inside_too(k, n, mode):
    """You return None for "zero" at every place; inside, every rule sees the pixel itself.

    "zero" is then tested before anything else.
    """
    return None if mode == "zero" else _seen(k, n, mode)


def mirrors_without_repeating(k, n, mode):
    """Your "mirror" stands on the edge pixel; it stands behind it, so the edge comes twice.

    np.pad calls this one "reflect", and a mirror is a mirror.
    """
    return _seen(k, n, "reflect" if mode == "mirror" else mode)


def reflects_with_repeating(k, n, mode):
    """Your "reflect" repeats the edge pixel; it stands on the edge, which comes once.

    One kind of mirror seems enough.
    """
    return _seen(k, n, "mirror" if mode == "reflect" else mode)


def swaps_mirror_and_reflect(k, n, mode):
    """You have "mirror" and "reflect" the wrong way round; "mirror" repeats the edge pixel.

    The two words mean the same in English; the course had to give each a meaning.
    """
    return _seen(k, n, {"mirror": "reflect", "reflect": "mirror"}.get(mode, mode))


def wraps_to_the_same_side(k, n, mode):
    """Your "wrap" counts from the near end; the row repeats, so beyond the end comes its start.

    -1 becomes 1 and so on: that is a mirror.
    """
    return _seen(k, n, "reflect" if mode == "wrap" else mode)


def wraps_one_pixel_short(k, n, mode):
    """Your "wrap" repeats after n - 1 pixels; the row has n pixels and repeats after n.

    The last place is n - 1, so the period seems to be n - 1.
    """
    return k % max(n - 1, 1) if mode == "wrap" and not 0 <= k < n else _seen(k, n, mode)


def clamps_to_n(k, n, mode):
    """Your "clamp" stops at n; the last pixel has the number n - 1.

    A row of n pixels ends at n if one counts from 1.
    """
    return min(max(k, 0), n) if mode == "clamp" else _seen(k, n, mode)


def takes_clamp_for_zero(k, n, mode):
    """You return None for "clamp"; it sees the nearest pixel, the one at the edge.

    To clamp may sound like cutting off.
    """
    return _seen(k, n, "zero" if mode == "clamp" else mode)


def mirrors_at_the_front_only(k, n, mode):
    """You clamp behind the last pixel where a mirror should be; both ends have one.

    The formula for k < 0 is found first, and beyond n the place is cut to the last pixel.
    """
    if mode in ("mirror", "reflect") and k >= n:
        return n - 1
    return _seen(k, n, mode)


def mirrors_one_too_far_behind(k, n, mode):
    """You put the mirrors behind the row one pixel too far; place n is the first outside.

    2n - k looks like the counterpart of -k.
    """
    if mode in ("mirror", "reflect") and k >= n:
        return _seen(k, n, mode) + 1
    return _seen(k, n, mode)


def lets_python_count_from_the_end(k, n, mode):
    """You return negative numbers as they are; say which pixel it is, counted from 0.

    In Python image[-1] is the last pixel, so -1 works as an index, for "wrap" at least.
    """
    return k if mode == "wrap" and k < 0 else _seen(k, n, mode)


def reflects_one_place_late(k, n, mode):
    """Your "reflect" repeats the last pixel, not the first; place n sees pixel n - 2.

    -k before the row and 2n - 1 - k behind it: one half each of "reflect" and "mirror".
    """
    return _seen(k, n, "mirror" if mode == "reflect" and k >= n else mode)


def wraps_downwards_on_both_sides(k, n, mode):
    """Your "wrap" subtracts n before the row too; there n is added. k % n does both.

    Beyond the end k - n is right, and one formula for the outside seems enough.
    """
    return k - n if mode == "wrap" and not 0 <= k < n else _seen(k, n, mode)


def takes_n_for_a_place_inside(k, n, mode):
    """You take place n for the last pixel's; the row ends at n - 1.

    0 <= k <= n looks like the row, and has n + 1 places.
    """
    return n if k == n else _seen(k, n, mode)
