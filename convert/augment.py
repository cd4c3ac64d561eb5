"""What a webcam at arm's length makes of ink on paper: ruling, light, blur, noise, JPEG, loose crops."""

from dataclasses import dataclass

import cv2
import numpy as np

from camera_ocr.recognition.lineprep import even_ink, writing_extent
from camera_ocr.types import F32, U8

Rng = np.random.Generator

_TILE = 512
_tiles: dict[str, np.ndarray] = {}


@dataclass(frozen=True, slots=True)
class Severity:
    """How hard a picture is treated: 0 leaves it alone, 1 is the worst a patient user would try to read."""

    paper: float = 1.0
    optics: float = 1.0


CLEAN = Severity(0.0, 0.0)
WEBCAM = Severity(1.0, 1.0)


def photograph(ink: U8, rng: Rng, severity: Severity = WEBCAM) -> U8:
    """Ink strength (H, W) u8 -> the grey crop a camera would give, (H', W') u8: ink on paper, or chalk."""
    page = lay_on_paper(ink, rng, severity.paper)
    return see(page, rng, severity.optics)


def lay_on_paper(ink: U8, rng: Rng, amount: float = 1.0) -> U8:
    """Ink strength on paper with ruling, grain and uneven light -> (H, W) grey."""
    h, w = ink.shape
    strength = np.float32(rng.uniform(0.45, 1.0) if amount else 0.9)
    cover = ink.astype(np.float32) * (strength / 255)
    if amount and rng.random() < 0.25:
        cover *= dry_strokes(h, w, rng)
    if amount and rng.random() < 0.3:
        cover = np.maximum(cover, _ruling(h, w, rng) * strength)
    paper = np.float32(rng.uniform(120, 250) if amount else 240)
    gray = paper * (1 - cover)
    if amount:
        gray *= _light(h, w, rng, amount)
        gray += _grain(h, w, rng, "fine") * np.float32(rng.uniform(0, 4) * amount)
    out = np.clip(gray, 0, 255).astype(np.uint8)
    if amount and rng.random() < 0.06:
        out = cv2.bitwise_not(out)
    return out


def dry_strokes(h: int, w: int, rng: Rng) -> F32:
    """(h, w) multiplier: pencil and dry pens let the paper's grain through."""
    return np.clip(1.1 + 0.35 * _grain(h, w, rng, "coarse"), 0.2, 1.2)


def see(gray: U8, rng: Rng, amount: float = 1.0) -> U8:
    """A grey picture through a lens, a small sensor and a codec, at the size a line has in the frame."""
    if not amount:
        return gray
    h, w = gray.shape
    seen = min(h, int(rng.triangular(22, 52, 80)))  # px of the whole crop: 8..30 px of x-height
    if seen < h:
        gray = cv2.resize(gray, (max(8, round(w * seen / h)), seen), interpolation=cv2.INTER_AREA)
    if rng.random() < 0.55:
        sigma = rng.uniform(0.3, 0.3 + 0.022 * seen * amount)
        gray = cv2.GaussianBlur(gray, (0, 0), sigma)
    if rng.random() < 0.15:
        gray = cv2.filter2D(gray, -1, _motion(rng, 0.12 * seen))
    if rng.random() < 0.2:
        gray = cv2.addWeighted(gray, 1.7, cv2.GaussianBlur(gray, (0, 0), 1.2), -0.7, 0)
    if rng.random() < 0.7:
        noisy = gray + _grain(*gray.shape, rng, "fine") * np.float32(rng.uniform(1, 9) * amount)
        gray = np.clip(noisy, 0, 255).astype(np.uint8)
    if rng.random() < 0.4:
        quality = int(rng.uniform(25, 90))
        gray = cv2.imdecode(
            cv2.imencode(".jpg", gray, (cv2.IMWRITE_JPEG_QUALITY, quality))[1], cv2.IMREAD_GRAYSCALE
        )
    return gray


def close_crop(gray: U8) -> U8:
    """A scan without its blank margins, so that `see` sizes the writing and not the margins."""
    rows, columns = writing_extent(even_ink(gray))
    return np.ascontiguousarray(gray[rows, columns])


def warp(image: U8, rng: Rng, border: int, *, slant: float = 0.15, amount: float = 1.0) -> U8:
    """Slant, stretch, slope (to 5 degrees) and slight perspective; new corners get the value `border`."""
    h, w = image.shape
    shear, slope = rng.normal(0, slant) * amount, np.clip(rng.normal(0, 0.015), -0.087, 0.087) * amount
    slope = np.clip(
        slope, -0.35 * h / w, 0.35 * h / w
    )  # a long line that climbs further would not be cut as one crop
    stretch = float(np.exp(rng.normal(0, 0.15) * amount))
    pad = abs(slope) * w / 2
    out_w, out_h = round(w * stretch + abs(shear) * h), round(h + 2 * pad)
    corners = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
    target = corners * np.array([stretch, 1], np.float32)
    target[:, 0] += (h - corners[:, 1]) * shear + (abs(shear) * h if shear < 0 else 0)
    target[:, 1] += (corners[:, 0] - w / 2) * slope + pad
    target += rng.normal(0, 0.015 * h * amount, (4, 2)).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    return cv2.warpPerspective(
        image,
        matrix,
        (out_w, out_h),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=border,
    )


def bend(gray: U8, rng: Rng, border: int) -> U8:
    """A scan in a slightly other hand: points of a grid moved at random; where nothing was is `border`.

    Wigington et al., "Data augmentation for recognition of handwritten words and lines using a CNN-LSTM
    network" (2017), with their spacing and spread, which are for lines some 60 px high.
    """
    h, w = gray.shape
    unit = h / 60
    grid = (max(2, round(h / (26 * unit))) + 1, max(2, round(w / (26 * unit))) + 1, 2)
    offsets = rng.normal(0, 1.7 * unit * rng.uniform(0.4, 1.1), grid).astype(np.float32)
    return displaced(gray, offsets, border)


def displaced(gray: U8, offsets: F32, border: int) -> U8:
    """A picture (H, W) with each pixel taken from some way off, as a coarse grid over it says.

    Args:
        offsets: (rows, columns, 2) px to the right and down; smooth in between.
        border: what is taken from outside the picture.
    """
    h, w = gray.shape
    source = cv2.resize(offsets, (w, h), interpolation=cv2.INTER_CUBIC)
    source[..., 0] += np.arange(w, dtype=np.float32)
    source[..., 1] += np.arange(h, dtype=np.float32)[:, None]
    return cv2.remap(gray, source, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=border)


def change_pen(gray: U8, rng: Rng) -> U8:
    """A scan as if written with a thicker or thinner pen: half-way, at most, to a pixel more or less."""
    spread = cv2.erode if rng.random() < 0.6 else cv2.dilate
    share = float(rng.uniform(0.2, 0.7))
    return cv2.addWeighted(spread(gray, np.ones((3, 3), np.uint8)), share, gray, 1 - share, 0)


def add_neighbours(ink: U8, other: U8, rng: Rng) -> U8:
    """The descenders of a line above or the ascenders of one below, cut into this line's crop."""
    h, w = ink.shape
    reach = min(int(rng.uniform(0.06, 0.2) * h), other.shape[0])
    strip = other[-reach:] if (above := rng.random() < 0.5) else other[:reach]
    shift = int(rng.integers(0, max(1, w // 2)))
    strip = strip[:, : w - shift]
    out = np.pad(ink, ((reach // 2, 0), (0, 0)) if above else ((0, reach // 2), (0, 0)))
    rows = slice(0, reach) if above else slice(out.shape[0] - reach, out.shape[0])
    view = out[rows, shift : shift + strip.shape[1]]
    np.maximum(view, strip[: view.shape[0]], out=view)
    return out


def loosen(gray: U8, rng: Rng, amount: float = 1.0) -> U8:
    """A crop that is tighter or looser than the writing."""
    h = gray.shape[0]
    t, b, le, r = (int(h * m * amount) for m in rng.uniform(-0.05, 0.16, 4))
    gray = gray[max(0, -t) : h - max(0, -b)]
    edges = (max(0, t), max(0, b), max(0, le), max(0, r))
    return cv2.copyMakeBorder(gray, *edges, borderType=cv2.BORDER_REPLICATE) if any(edges) else gray


def lose_bits(line: U8, rng: Rng) -> U8:
    """A prepared line with small pieces of its ink gone, as under glare or from a pen that skips.

    Zhong et al., "Random erasing data augmentation" (2020), but of pieces too small to hold a letter, so that
    no text is asked for of which nothing is seen.
    """
    h, w = line.shape
    out = line.copy()
    for _ in range(1 + int(rng.poisson(w / 60))):
        piece_h, piece_w = int(rng.integers(h // 12, h // 3)), int(rng.integers(h // 20, h // 5))
        y, x = int(rng.integers(0, h - piece_h)), int(rng.integers(0, max(1, w - piece_w)))
        out[y : y + piece_h, x : x + piece_w] = 0
    return out


def _ruling(h: int, w: int, rng: Rng) -> F32:
    lines = np.zeros((h, w), np.float32)
    tone, thick = rng.uniform(0.15, 0.6), max(1, round(h * rng.uniform(0.008, 0.03)))
    pitch = max(6, int(h * rng.uniform(0.3, 1.1)))
    start = int(rng.integers(pitch))
    dotted = rng.random() < 0.2
    for y in range(start, h, pitch):
        lines[y : y + thick] = tone
    if dotted:
        lines[:, :: int(rng.integers(2, 5))] = 0
    if rng.random() < 0.35:
        for x in range(int(rng.integers(pitch)), w, pitch):
            lines[:, x : x + thick] = tone
    return lines


def _light(h: int, w: int, rng: Rng, amount: float) -> F32:
    """Multiplier per pixel: a gradient, now and then a shadow's soft edge."""
    corners = (1 + rng.uniform(-0.22, 0.12, (2, 2)) * amount).astype(np.float32)
    light = cv2.resize(corners, (w, h), interpolation=cv2.INTER_LINEAR)
    if rng.random() < 0.15:
        edge, soft = rng.uniform(0, w), rng.uniform(0.1, 2.0) * h
        x = np.arange(w, dtype=np.float32)[None] + np.arange(h, dtype=np.float32)[:, None] * np.float32(
            rng.normal()
        )
        light *= 1 - np.float32(rng.uniform(0.15, 0.5) * amount) / (
            1 + np.exp(np.clip((edge - x) / soft, -30, 30))
        )
    return light


def _motion(rng: Rng, reach: float) -> F32:
    size = max(3, int(reach) | 1)
    kernel = np.zeros((size, size), np.float32)
    angle, middle = rng.uniform(0, np.pi), size // 2
    dx, dy = np.cos(angle) * middle, np.sin(angle) * middle
    ends = ((round(middle - dx), round(middle - dy)), (round(middle + dx), round(middle + dy)))
    cv2.line(kernel, *ends, 1.0)
    return kernel / kernel.sum()


def _grain(h: int, w: int, rng: Rng, kind: str) -> F32:
    """A piece of a fixed field of noise, unit variance: fresh noise would cost more than all else here."""
    if kind not in _tiles:
        noise = np.random.default_rng(len(kind)).normal(size=(_TILE, 4 * _TILE)).astype(np.float32)
        if kind == "coarse":
            noise = cv2.GaussianBlur(noise, (0, 0), 1.2)
            noise /= noise.std()
        _tiles[kind] = noise
    tile = _tiles[kind]
    if h > tile.shape[0] or w > tile.shape[1]:
        tile = np.tile(tile, (-(-h // tile.shape[0]), -(-w // tile.shape[1])))
    y, x = int(rng.integers(tile.shape[0] - h + 1)), int(rng.integers(tile.shape[1] - w + 1))
    return tile[y : y + h, x : x + w]
