"""Digits as pen strokes: a few points each, joined by a smooth curve, drawn with a soft pen.

Points are (x, y) in a box from 0 to 1, y downwards. A point that stands twice makes a corner.
"""

from __future__ import annotations

import numpy as np

from course_lib.arrays import Array

Stroke = tuple[tuple[float, float], ...]
Drawing = tuple[Stroke, ...]

# Several ways to write a digit, as people have.
DRAWINGS: tuple[tuple[Drawing, ...], ...] = (
    ((((.5, 0), (.2, .15), (.1, .5), (.25, .88), (.5, 1), (.78, .85), (.9, .5), (.78, .12),
       (.5, 0)),),
     (((.6, .02), (.25, .2), (.15, .6), (.35, .97), (.7, .85), (.88, .4), (.75, .08), (.5, .05)),)),
    ((((.5, 0), (.5, 1)),),
     (((.25, .25), (.55, 0), (.55, 0), (.55, 1)),),
     (((.65, 0), (.4, 1)),)),
    ((((.15, .25), (.3, .04), (.6, 0), (.82, .2), (.7, .5), (.12, 1), (.12, 1), (.9, 1)),),
     (((.2, .2), (.5, 0), (.8, .22), (.6, .6), (.25, .9), (.2, .75), (.45, .8), (.9, 1)),)),
    ((((.15, .1), (.5, 0), (.8, .2), (.65, .42), (.4, .48), (.4, .48), (.72, .55), (.85, .78),
       (.6, 1), (.1, .92)),),
     (((.15, 0), (.82, 0), (.82, 0), (.42, .4), (.42, .4), (.8, .52), (.8, .85), (.5, 1),
       (.12, .9)),)),
    ((((.65, 0), (.05, .65), (.05, .65), (.95, .65)), ((.68, .3), (.68, 1))),
     (((.15, 0), (.12, .5), (.12, .5), (.85, .5)), ((.82, 0), (.78, 1)))),
    ((((.85, 0), (.25, 0), (.25, 0), (.18, .45), (.18, .45), (.55, .38), (.88, .65), (.65, .97),
       (.12, .95)),),
     (((.3, .02), (.22, .45), (.22, .45), (.6, .42), (.85, .7), (.55, 1), (.1, .9)),
      ((.28, .02), (.88, 0)))),
    ((((.7, 0), (.3, .3), (.12, .7), (.35, 1), (.75, .92), (.85, .68), (.6, .5), (.18, .65)),),
     (((.35, 0), (.18, .5), (.2, .88), (.5, 1), (.82, .85), (.75, .58), (.45, .55),
       (.2, .75)),)),
    ((((.1, 0), (.9, 0), (.9, 0), (.4, 1)),),
     (((.12, .05), (.88, 0), (.88, 0), (.55, .45), (.42, 1)), ((.3, .5), (.8, .48)))),
    ((((.78, .15), (.5, 0), (.2, .18), (.45, .45), (.8, .7), (.72, .95), (.4, 1), (.15, .82),
       (.35, .55), (.72, .32), (.78, .15)),),
     (((.5, 0), (.22, .2), (.5, .46), (.78, .22), (.5, 0)),
      ((.5, .46), (.15, .75), (.5, 1), (.85, .75), (.5, .46)))),
    ((((.8, .2), (.5, 0), (.18, .25), (.45, .5), (.8, .25), (.8, .2), (.8, .2), (.72, 1)),),
     (((.82, .15), (.45, 0), (.18, .3), (.5, .5), (.8, .2), (.8, .2), (.78, .7), (.5, 1),
       (.2, .9)),)),
)
STEPS = 4       # straight pieces between two points of a curve


def draw_strokes(label: int, side: int, *, rng: np.random.Generator) -> Array:
    """One digit by a shaky hand: image (side, side) in float32, 0 to 1, empty at the border."""
    ways = DRAWINGS[label]
    strokes = ways[rng.integers(len(ways))]
    width, height = rng.uniform(0.42, 0.62), 0.68
    pen = rng.uniform(0.035, 0.065) * side
    pieces = []
    for stroke in strokes:
        shaking = np.clip(rng.normal(0, 0.025, (len(stroke), 2)), -0.05, 0.05)
        points = np.array(stroke) + shaking
        points = (points - 0.5) * (width, height) * side + (side - 1) / 2
        curve = _smooth(points)
        pieces.append(np.stack([curve[:-1], curve[1:]], axis=1))
    distance = _distance(np.concatenate(pieces), side)
    return np.clip(pen + 0.5 - distance, 0, 1).astype(np.float32)


def _smooth(points: Array) -> Array:
    """A Catmull-Rom curve through points (n, 2), STEPS pieces between two of them."""
    extended = np.concatenate([points[:1], points, points[-1:]])
    before, start, end, after = (extended[i : len(extended) - 3 + i, None] for i in range(4))
    t = (np.arange(STEPS) / STEPS)[:, None]
    # Half the way from neighbour to neighbour is the direction at a point.
    curve = start + t * (
        (end - before) / 2
        + t * (before - 2.5 * start + 2 * end - after / 2
               + t * (1.5 * (start - end) + (after - before) / 2))
    )
    return np.concatenate([curve.reshape(-1, 2), points[-1:]])


def _distance(pieces: Array, side: int) -> Array:
    """From every pixel (side, side) to the nearest of the straight pieces (n, 2, 2)."""
    rows, columns = np.mgrid[:side, :side].astype(np.float32)
    start_x, start_y = pieces[:, 0].T.astype(np.float32)[..., None, None]
    along_x, along_y = (pieces[:, 1] - pieces[:, 0]).T.astype(np.float32)[..., None, None]
    x, y = columns - start_x, rows - start_y
    length = np.maximum(along_x**2 + along_y**2, 1e-12)
    share = np.clip((x * along_x + y * along_y) / length, 0, 1)
    squared = (x - share * along_x) ** 2 + (y - share * along_y) ** 2
    return np.asarray(np.sqrt(squared.min(axis=0)))
