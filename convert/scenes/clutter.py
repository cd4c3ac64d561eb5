"""Things that lie about on a desk and are no writing: drawn by shapes, put down with a shadow."""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from camera_ocr.capture.scene import draw_pen
from camera_ocr.types import U8
from convert.scenes.desk import noise

Rng = np.random.Generator
Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    image: U8
    """(h, w, 3) BGR."""
    cover: U8
    """(h, w): 255 where it hides what is below."""
    height: float = 0.3
    """Length of its shadow in units of `unit`, see `random_thing`."""


def put_down(
    canvas: U8,
    thing: Thing,
    centre: tuple[float, float],
    angle_deg: float,
    unit: float,
    hidden: U8 | None = None,
) -> None:
    """Draw a thing turned about its middle into `canvas`, with its shadow to the lower right.

    `unit` is px a line distance takes; `hidden` (H, W), when given, is set to 255 where the thing lies.
    """
    h, w = thing.cover.shape
    turn = cv2.getRotationMatrix2D((w / 2, h / 2), angle_deg, 1.0)
    cos, sin = abs(turn[0, 0]), abs(turn[0, 1])
    margin = int(thing.height * unit * 2) + 4
    size = (int(w * cos + h * sin) + 2 * margin, int(w * sin + h * cos) + 2 * margin)
    turn[:, 2] += (size[0] / 2 - w / 2, size[1] / 2 - h / 2)
    image = cv2.warpAffine(thing.image, turn, size, borderMode=cv2.BORDER_REPLICATE)
    cover = cv2.warpAffine(thing.cover, turn, size)
    # a shadow is soft: a quarter of its size is enough to draw it
    small = (max(1, size[0] // 4), max(1, size[1] // 4))
    below = cv2.resize(cover, small, interpolation=cv2.INTER_AREA)
    reach = thing.height * unit / 4
    below = cv2.warpAffine(below, np.array([[1, 0, 0.6 * reach], [0, 1, reach]]), small)
    below = cv2.GaussianBlur(below, (0, 0), 0.25 + 0.5 * reach)
    shadow = cv2.resize(below, size, interpolation=cv2.INTER_LINEAR)
    x, y = round(centre[0] - size[0] / 2), round(centre[1] - size[1] / 2)
    x0, y0 = max(0, x), max(0, y)
    x1, y1 = min(canvas.shape[1], x + size[0]), min(canvas.shape[0], y + size[1])
    if x0 >= x1 or y0 >= y1:
        return
    cut = np.s_[y0 - y : y1 - y, x0 - x : x1 - x]
    part = canvas[y0:y1, x0:x1]
    light = cv2.cvtColor(255 - shadow[cut] // 2, cv2.COLOR_GRAY2BGR)
    dark = cv2.multiply(part, light, scale=1 / 255)
    alpha = cv2.cvtColor(cover[cut], cv2.COLOR_GRAY2BGR)
    over = cv2.multiply(np.ascontiguousarray(image[cut]), alpha, scale=1 / 255)
    part[:] = cv2.add(cv2.multiply(dark, 255 - alpha, scale=1 / 255), over)
    if hidden is not None:
        np.maximum(hidden[y0:y1, x0:x1], cover[cut], out=hidden[y0:y1, x0:x1])


def random_thing(rng: Rng, unit: float) -> Thing:
    """One of the things below; `unit` is px a line distance takes, some 8 mm."""
    makers: list[tuple[Callable[[Rng, float], Thing], float]] = [
        (keyboard, 0.16),
        (pen, 0.2),
        (mug, 0.1),
        (phone, 0.1),
        (coin, 0.08),
        (ruler, 0.08),
        (photo, 0.1),
        (book, 0.08),
        (empty_note, 0.06),
        (calculator, 0.04),
    ]
    shares = np.array([share for _, share in makers])
    return makers[int(rng.choice(len(makers), p=shares / shares.sum()))][0](rng, unit)


def keyboard(rng: Rng, unit: float) -> Thing:
    """Rows of keys, some with a letter on each, some bare."""
    return _keys(rng, unit, rows=int(rng.integers(4, 7)), columns=int(rng.integers(10, 16)), key=2.1 * unit)


def calculator(rng: Rng, unit: float) -> Thing:
    return _keys(rng, unit, rows=5, columns=4, key=1.6 * unit)


def _keys(rng: Rng, unit: float, *, rows: int, columns: int, key: float) -> Thing:
    dark = rng.random() < 0.6
    body = rng.uniform(20, 60) if dark else rng.uniform(150, 225)
    cap = body + rng.uniform(-18, 25)
    label: Colour = (220, 220, 220) if dark else (50, 50, 50)
    caps = rng.random() < 0.6
    gap, edge = 0.12 * key, 0.4 * key
    w, h = int((columns + 1) * key + 2 * edge), int(rows * key + 2 * edge)
    image = np.full((h, w, 3), body, np.uint8)
    cover = _rounded(h, w, 0.3 * key)
    letters = "QWERTZUIOPASDFGHJKLYXCVBNM1234567890"
    for row in range(rows):
        x, lean = edge, (row % 3) * 0.25 * key
        bar = rows > 4 and row == rows - 1
        x += lean
        while x < w - edge - 0.8 * key:
            wide = key * (5 if bar and x > w * 0.25 and x < w * 0.4 else 1.0)
            wide = min(wide, w - edge - x)
            top = edge + row * key
            corners = (round(x + gap), round(top + gap)), (round(x + wide - gap), round(top + key - gap))
            cv2.rectangle(image, *corners, (cap, cap, cap + 2), -1, cv2.LINE_AA)
            cv2.rectangle(image, *corners, (max(0, cap - 22),) * 3, 1, cv2.LINE_AA)
            if caps and wide < 2 * key:
                letter = letters[int(rng.integers(len(letters)))]
                at = (round(x + 0.3 * key), round(top + 0.6 * key))
                cv2.putText(image, letter, at, cv2.FONT_HERSHEY_SIMPLEX, key / 70, label, 1, cv2.LINE_AA)
            x += wide
    return Thing(image, cover, 0.5)


def pen(rng: Rng, unit: float) -> Thing:
    length = int(unit * rng.uniform(14, 19))
    image = np.full((60, length + 60, 3), 128, np.uint8)
    draw_pen(image, (20, 30), (length + 20, 30))
    blank = np.full_like(image, 128)
    cover = (np.abs(image.astype(np.int16) - blank).max(axis=2) > 6).astype(np.uint8) * 255
    thick = max(0.25, unit / 34)
    size = (image.shape[1], max(4, round(60 * thick)))
    return Thing(
        np.roll(cv2.resize(image, size, interpolation=cv2.INTER_AREA), int(rng.integers(3)), axis=2),
        cv2.resize(cover, size, interpolation=cv2.INTER_AREA),
        0.4,
    )


def mug(rng: Rng, unit: float) -> Thing:
    """Seen from above: a rim, and coffee or tea in it."""
    r = unit * rng.uniform(4.5, 6)
    side = int(2.9 * r)
    image, cover = np.zeros((side, side, 3), np.uint8), np.zeros((side, side), np.uint8)
    middle, colour = (side // 2, side // 2), rng.uniform(40, 235, 3)
    handle = (round(side / 2 + 1.15 * r), side // 2)
    cv2.ellipse(
        cover, handle, (round(0.3 * r), round(0.4 * r)), 0, 0, 360, 255, max(2, round(0.18 * r)), cv2.LINE_AA
    )
    cv2.circle(cover, middle, round(r), 255, -1, cv2.LINE_AA)
    image[:] = colour
    cv2.circle(image, middle, round(0.9 * r), (0.6 * colour).tolist(), -1, cv2.LINE_AA)
    drink = [(20, 32, 52), (40, 90, 140), (30, 50, 80)][int(rng.integers(3))]
    cv2.circle(image, middle, round(0.82 * r), drink, -1, cv2.LINE_AA)
    cv2.ellipse(image, middle, (round(0.7 * r), round(0.7 * r)), 0, 200, 250, (120, 130, 140), 2, cv2.LINE_AA)
    return Thing(image, cover, 1.5)


def phone(rng: Rng, unit: float) -> Thing:
    """Face down or with its screen off."""
    h, w = int(18 * unit * rng.uniform(0.9, 1.1)), int(9 * unit)
    slope = np.add.outer(np.linspace(0, 1, h), np.linspace(0, 0.6, w)).astype(np.float32)
    image = np.repeat((rng.uniform(15, 60) + 25 * slope)[:, :, None], 3, axis=2).astype(np.uint8)
    cv2.circle(image, (w // 5, w // 5), max(2, int(0.9 * unit)), (12, 12, 14), -1, cv2.LINE_AA)
    cv2.circle(image, (w // 5, w // 5), max(1, int(0.4 * unit)), (60, 40, 36), -1, cv2.LINE_AA)
    return Thing(image, _rounded(h, w, 1.1 * unit), 0.5)


def coin(rng: Rng, unit: float) -> Thing:
    r = int(unit * rng.uniform(1.0, 1.5))
    side = 2 * r + 4
    colour = np.array([(90, 150, 190), (160, 165, 170), (60, 90, 150)][int(rng.integers(3))])
    relief = 1 + 0.12 * noise(rng, side, side, max(1.5, r / 5))
    image = np.clip(relief[:, :, None] * colour, 0, 255).astype(np.uint8)
    cover = np.zeros((side, side), np.uint8)
    cv2.circle(cover, (side // 2, side // 2), r, 255, -1, cv2.LINE_AA)
    cv2.circle(image, (side // 2, side // 2), r - 2, (0.7 * colour).tolist(), 1, cv2.LINE_AA)
    return Thing(image, cover, 0.2)


def ruler(rng: Rng, unit: float) -> Thing:
    """With ticks and no figures."""
    h, w = int(3.6 * unit), int(unit * rng.uniform(20, 38))
    image = np.full(
        (h, w, 3), [(120, 190, 220), (215, 220, 220), (130, 140, 145)][int(rng.integers(3))], np.uint8
    )
    for i, x in enumerate(np.arange(unit, w - unit, unit / 8)):
        long = 0.45 if i % 10 == 0 else 0.34 if i % 5 == 0 else 0.22
        cv2.line(image, (round(x), 0), (round(x), int(long * h)), (40, 40, 40), 1, cv2.LINE_AA)
    return Thing(image, np.full((h, w), 255, np.uint8), 0.15)


def photo(rng: Rng, unit: float) -> Thing:
    """A print of a landscape, or of nothing in particular."""
    h, w = int(unit * rng.uniform(11, 14)), int(unit * rng.uniform(15, 19))
    sky, land = rng.uniform(90, 240, 3), rng.uniform(20, 150, 3)
    image = np.zeros((h, w, 3), np.float32)
    image[:] = sky * np.linspace(0.8, 1.1, h)[:, None, None]
    ridge = h * (0.55 + 0.12 * cv2.GaussianBlur(noise(rng, w, 2, 40)[:1], (0, 0), 6)[0])
    below = np.arange(h)[:, None] > ridge[None]
    image[below] = land
    image *= (1 + 0.16 * noise(rng, w, h, 6) + 0.1 * noise(rng, w, h, 30))[:, :, None]
    for _ in range(int(rng.integers(0, 7))):
        place = (int(rng.integers(w)), int(rng.integers(h)))
        axes = (int(rng.uniform(0.02, 0.12) * w) + 1, int(rng.uniform(0.02, 0.2) * h) + 1)
        cv2.ellipse(
            image, place, axes, rng.uniform(0, 180), 0, 360, rng.uniform(10, 240, 3).tolist(), -1, cv2.LINE_AA
        )
    out = np.clip(image, 0, 255).astype(np.uint8)
    if rng.random() < 0.6:
        cv2.rectangle(out, (0, 0), (w - 1, h - 1), (240, 242, 242), max(2, int(0.5 * unit)))
    return Thing(out, np.full((h, w), 255, np.uint8), 0.1)


def book(rng: Rng, unit: float) -> Thing:
    """Its back, or a notebook shut: a cover without a title."""
    h, w = int(unit * rng.uniform(20, 28)), int(unit * rng.uniform(14, 20))
    colour = rng.uniform(20, 200, 3)
    image = np.clip((1 + 0.05 * noise(rng, w, h, 2))[:, :, None] * colour, 0, 255).astype(np.uint8)
    band = int(rng.uniform(0.05, 0.9) * w)
    cv2.rectangle(image, (band, 0), (min(w, band + int(0.07 * w)), h), (0.5 * colour).tolist(), -1)
    if rng.random() < 0.4:  # a spiral
        for y in np.arange(unit, h - unit, 0.9 * unit):
            cv2.ellipse(
                image, (int(0.5 * unit), round(y)), (int(0.6 * unit), 2), 0, 0, 360, (190, 190, 190), 2
            )
    return Thing(image, np.full((h, w), 255, np.uint8), 0.9)


def empty_note(rng: Rng, unit: float) -> Thing:
    side = int(unit * rng.uniform(8, 11))
    colour = [(150, 235, 250), (190, 190, 250), (215, 240, 200), (240, 242, 243)][int(rng.integers(4))]
    image = np.clip((1 + 0.02 * noise(rng, side, side, 30))[:, :, None] * np.array(colour), 0, 255).astype(
        np.uint8
    )
    if rng.random() < 0.4:
        for y in np.arange(unit, side, unit):
            cv2.line(image, (0, round(y)), (side, round(y)), (190, 170, 150), 1, cv2.LINE_AA)
    return Thing(image, np.full((side, side), 255, np.uint8), 0.15)


def cable(canvas: U8, rng: Rng, unit: float) -> None:
    """A lead lying in curves from one edge to another, drawn into `canvas`."""
    height, width = canvas.shape[:2]
    points = rng.uniform(-0.1, 1.1, (5, 2)) * (width, height)
    t = np.linspace(0, 1, 60)[:, None]
    # a Bezier curve by its control points
    weights = [1, 4, 6, 4, 1]
    curve = sum(c * t**i * (1 - t) ** (4 - i) * points[i] for i, c in enumerate(weights))
    path = [np.rint(np.asarray(curve)).astype(np.int32)]
    tone = float(rng.choice((rng.uniform(15, 50), rng.uniform(180, 235))))
    thick = max(2, round(unit * rng.uniform(0.35, 0.7)))
    cv2.polylines(canvas, [path[0] + thick // 2], False, (30, 30, 30), thick, cv2.LINE_AA)
    cv2.polylines(canvas, path, False, (tone, tone, tone), thick, cv2.LINE_AA)
    bright = min(255, tone + 45)
    cv2.polylines(canvas, [path[0] - thick // 5], False, (bright,) * 3, max(1, thick // 4), cv2.LINE_AA)


def hand(rng: Rng, unit: float, *, fingers: int = 4) -> Thing:
    """Fingers pointing up, a palm and the beginning of an arm below, in a tile as tall as it is long."""
    full, unit = unit, min(unit, 22.0)  # skin has no fine detail: drawn small, then enlarged
    w, h = int(20 * unit), int(34 * unit)
    skin = np.array([(150, 180, 225), (120, 155, 205), (80, 115, 165), (50, 75, 115)][int(rng.integers(4))])
    lit, cover = np.zeros((h, w), np.float32), np.zeros((h, w), np.uint8)

    def limb(a: tuple[float, float], b: tuple[float, float], thick: float) -> None:
        """A rounded limb with a lit middle."""
        ends = [tuple(round(v * unit) for v in p) for p in (a, b)]
        cv2.line(cover, *ends, 255, max(1, round(thick * unit)), cv2.LINE_AA)
        for inner, tone in ((1.0, 0.78), (0.8, 0.88), (0.55, 0.97), (0.3, 1.03)):
            cv2.line(lit, *ends, tone, max(1, round(inner * thick * unit)), cv2.LINE_AA)

    limb((10, 22), (10, 40), 7.5)
    limb((7.7, 16), (12.3, 17), 7.0)
    limb((7.7, 15), (11.8, 20), 7.5)
    limb((6, 18), (2.2, 12.5), 2.3)
    for i in range(fingers):
        x = 6.0 + 2.6 * i
        tip = (x + rng.normal(0, 0.3) + 0.5 * (i - 1.5), 5.2 + abs(i - 1.4) * 1.1 + rng.uniform(0, 1))
        limb((x, 14), tip, 2.15)
    # fingers are parted by a dark line; nails shine
    shade = cv2.GaussianBlur(lit, (0, 0), max(0.6, 0.18 * unit)) * (1 + 0.02 * noise(rng, w, h, 3))
    image = np.clip(shade[:, :, None] * skin, 0, 255).astype(np.uint8)
    size = (int(20 * full), int(34 * full))
    image, cover = (cv2.resize(tile, size, interpolation=cv2.INTER_LINEAR) for tile in (image, cover))
    return Thing(image, cover, 0.7)


def _rounded(h: int, w: int, radius: float) -> U8:
    cover = np.zeros((h, w), np.uint8)
    r = max(1, min(round(radius), h // 2 - 1, w // 2 - 1))
    cv2.rectangle(cover, (r, 0), (w - r, h), 255, -1)
    cv2.rectangle(cover, (0, r), (w, h - r), 255, -1)
    for x in (r, w - r - 1):
        for y in (r, h - r - 1):
            cv2.circle(cover, (x, y), r, 255, -1, cv2.LINE_AA)
    return cover
