"""The digits 0 to 9 as a person draws them, in strokes, and the hands that draw them."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Any

from playwright.sync_api import Locator, Page

Stroke = list[tuple[float, float]]


def arc(x: float, y: float, a: float, b: float, start: float, end: float) -> Stroke:
    """Part of an ellipse around (x, y); angles in turns, clockwise from the right."""
    angles = [2 * pi * (start + (end - start) * step / 16) for step in range(17)]
    return [(x + a * cos(angle), y + b * sin(angle)) for angle in angles]


# x to the right, y down, both from 0 to 1.
DIGITS: dict[str, list[Stroke]] = {
    "0": [arc(0.5, 0.5, 0.2, 0.32, -0.25, 0.75)],
    "1": [[(0.42, 0.3), (0.54, 0.18), (0.52, 0.82)]],
    "2": [[*arc(0.5, 0.34, 0.18, 0.16, -0.5, 0.08), (0.32, 0.8), (0.72, 0.79)]],
    "3": [[*arc(0.48, 0.34, 0.17, 0.16, -0.45, 0.25), *arc(0.48, 0.66, 0.2, 0.17, -0.25, 0.42)]],
    "4": [[(0.38, 0.18), (0.3, 0.55), (0.72, 0.54)], [(0.62, 0.2), (0.6, 0.84)]],
    "5": [[(0.68, 0.18), (0.38, 0.19), (0.35, 0.46), *arc(0.48, 0.62, 0.2, 0.19, -0.27, 0.4)]],
    "6": [[(0.6, 0.16), (0.42, 0.4), *arc(0.5, 0.64, 0.17, 0.18, -0.5, 0.55)]],
    "7": [[(0.3, 0.22), (0.7, 0.21), (0.56, 0.5), (0.46, 0.84)]],
    "8": [[*arc(0.5, 0.34, 0.15, 0.16, 0.25, -0.75), *arc(0.5, 0.67, 0.18, 0.17, -0.25, 0.75)]],
    "9": [[*arc(0.49, 0.36, 0.17, 0.17, 0.0, -1.0), (0.64, 0.5), (0.58, 0.84)]],
}


def draw(page: Page, canvas: Locator, strokes: list[Stroke]) -> None:
    """By mouse."""
    for (first, *rest) in (_on(canvas, stroke) for stroke in strokes):
        page.mouse.move(*first)
        page.mouse.down()
        for point in rest:
            page.mouse.move(*point, steps=2)
        page.mouse.up()


def touch(page: Page, canvas: Locator, strokes: list[Stroke]) -> None:
    """By one finger."""
    session: Any = page.context.new_cdp_session(page)

    def send(kind: str, points: Stroke) -> None:
        touches = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    for first, *rest in (_on(canvas, stroke) for stroke in strokes):
        send("touchStart", [first])
        for point in rest:
            send("touchMove", [point])
        send("touchEnd", [])


def _on(canvas: Locator, stroke: Stroke) -> Stroke:
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    return [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
