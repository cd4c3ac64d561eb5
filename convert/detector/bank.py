"""What the text detector learns from, made once and kept in one file: `python -m convert detector bank`.

Scenes as `python -m convert scenes` draws them, sheets laid or inked on photographs, and photographs alone.
Each is lit evenly as the app does it and shrunk; beside it stands where the writing is.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from tqdm import tqdm

from camera_ocr.capture.scene import shaded
from camera_ocr.geometry import to_gray
from camera_ocr.preprocess.illumination import even_light, is_light_on_dark
from camera_ocr.types import F32, F64, U8
from convert.scenes import desk
from convert.scenes.material import Material, load_material
from convert.scenes.sheets import PAPERS, Sheet, printed_sheet, scanned_sheet, written_sheet
from convert.scenes.webcam import Webcam, random_optics

Rng = np.random.Generator

TEXT, CORE = 1, 2
"""Bits of a label: on a line of writing; in the middle of its height."""
SIDE = 800
"""Longer side of a picture in the bank, px."""
_MARGIN = 0.34
"""Of a line's height, what is not its core at each side."""
_FRAME = (1280, 720)


@dataclass(frozen=True, slots=True, eq=False)
class Bank:
    pixels: U8
    """(n,) all pictures and labels end to end; on the disk until looked at."""
    places: np.ndarray
    """(pictures, 3): where each begins, its height and its width. Grey comes first, the label follows."""
    kinds: list[str]

    def __len__(self) -> int:
        return len(self.places)

    def picture(self, index: int) -> tuple[U8, U8]:
        """(h, w) evenly lit grey, and (h, w) label."""
        start, h, w = self.places[index].tolist()
        both = np.asarray(self.pixels[start : start + 2 * h * w]).reshape(2, h, w)
        return both[0], both[1]

    def split(self, share: float) -> tuple["Bank", "Bank"]:
        """Two banks of different pictures, the second with about that share of every kind."""
        second = np.random.default_rng(0).random(len(self)) < share
        return self._part(~second), self._part(second)

    def _part(self, chosen: np.ndarray) -> "Bank":
        kinds = [kind for kind, wanted in zip(self.kinds, chosen, strict=True) if wanted]
        return Bank(self.pixels, self.places[chosen], kinds)


def load_bank(folder: Path) -> Bank:
    table = json.loads((folder / "bank.json").read_text("utf-8"))
    pixels = np.memmap(folder / "bank.u8", np.uint8, mode="r")
    return Bank(pixels, np.array(table["places"], np.int64), table["kinds"])


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m convert detector bank", description=__doc__)
    parser.add_argument("run", type=Path, help="folder that the bank goes into")
    parser.add_argument("--scenes", type=Path, help="folder that `python -m convert scenes` made")
    parser.add_argument("--photos", type=Path, help="folder that `python -m convert detector photos` made")
    parser.add_argument("--fonts", type=Path, help="folder with folders of fonts, for print")
    parser.add_argument("--laid", type=int, default=400, help="sheets on photographs")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args(argv)
    cv2.setNumThreads(1)
    args.run.mkdir(parents=True, exist_ok=True)
    photos = sorted(args.photos.glob("*/*.jpg")) if args.photos else []
    sources = [_scenes(args.scenes)] if args.scenes else []
    if photos:
        sources += [_bare(photos), _laid(load_material("train", args.fonts), photos, args.laid, args.seed)]
    places, kinds, end = [], [], 0
    with (args.run / "bank.u8").open("wb") as file:
        for source in sources:
            for kind, image, lines in tqdm(source, unit=" pictures", mininterval=10):
                gray, scale = seen_by_net(image)
                label = draw_label([line * scale for line in lines], gray.shape)
                file.write(gray.tobytes() + label.tobytes())
                places.append([end, *gray.shape])
                kinds.append(kind)
                end += 2 * gray.size
    (args.run / "bank.json").write_text(json.dumps({"places": places, "kinds": kinds}), "utf-8")
    print(f"{len(places)} pictures, {end >> 20} MB")
    return 0


def seen_by_net(image: U8) -> tuple[U8, float]:
    """An evenly lit grey picture of at most SIDE px, as `make_page` lights it, and how much it is smaller."""
    gray = to_gray(image)
    if is_light_on_dark(gray):
        gray = np.asarray(cv2.bitwise_not(gray), np.uint8)
    even = even_light(gray)
    scale = min(1.0, SIDE / max(even.shape))
    size = (round(even.shape[1] * scale), round(even.shape[0] * scale))
    return np.ascontiguousarray(cv2.resize(even, size, interpolation=cv2.INTER_AREA), np.uint8), scale


def draw_label(lines: Sequence[F32], shape: tuple[int, ...]) -> U8:
    """(h, w) of bits for lines' polygons (n, 2) in px."""
    label = np.zeros(shape, np.uint8)
    for polygon in lines:
        low = np.floor(np.maximum(polygon.min(axis=0), 0)).astype(int)
        high = np.minimum(np.ceil(polygon.max(axis=0)).astype(int) + 1, (shape[1], shape[0]))
        if (high - low).min() < 2:
            continue
        inside = np.zeros((int(high[1] - low[1]) + 2, int(high[0] - low[0]) + 2), np.uint8)
        # four bits of fraction: lines are few px high here
        points = np.rint((polygon - low + 1) * 16).astype(np.int32)
        cv2.fillPoly(inside, [points], 1, cv2.LINE_8, 4)
        long = max(cv2.minAreaRect(polygon.astype(np.float32))[1])
        thick = float(np.count_nonzero(inside)) / max(long, 1.0)
        deep = cv2.distanceTransform(inside, cv2.DIST_L2, 3) > max(0.6, _MARGIN * thick)
        part = label[low[1] : high[1], low[0] : high[0]]
        part |= (inside * TEXT | deep * np.uint8(CORE))[1:-1, 1:-1]
    return label


def _scenes(folder: Path) -> Iterator[tuple[str, U8, list[F32]]]:
    for path in sorted(folder.glob("*.json")):
        image = cv2.imread(str(path.with_suffix(".jpg")))
        if image is not None:
            truth = json.loads(path.read_text("utf-8"))
            yield truth["kind"], image, [np.array(line["polygon"], np.float32) for line in truth["lines"]]


def _bare(photos: Sequence[Path]) -> Iterator[tuple[str, U8, list[F32]]]:
    for path in photos:
        yield "photo", cv2.imread(str(path)), []


def _laid(
    material: Material, photos: Sequence[Path], count: int, seed: int
) -> Iterator[tuple[str, U8, list[F32]]]:
    for i in range(count):
        rng = np.random.default_rng([seed, i])
        image, lines = lay(material, cv2.imread(str(photos[int(rng.integers(len(photos)))])), rng)
        yield "laid", image, lines


def lay(material: Material, photo: U8, rng: Rng) -> tuple[U8, list[F32]]:
    """A sheet on a photograph, or its ink on the thing that the photograph shows, and its lines' polygons."""
    width, height = _FRAME
    zoom = max(width / photo.shape[1], height / photo.shape[0])
    large = cv2.resize(photo, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_LINEAR)
    top, left = (int(rng.integers(n - m + 1)) for n, m in zip(large.shape, (height, width), strict=False))
    scene = np.ascontiguousarray(large[top : top + height, left : left + width])
    pitch = round(np.exp(rng.uniform(np.log(24), np.log(95))))
    sheet, board = _sheet(material, pitch, rng)
    place = _place(sheet, rng)
    flat = cv2.warpPerspective(sheet.image, place, _FRAME, flags=cv2.INTER_AREA)
    if rng.random() < 0.25 and not board:
        # ink on whatever is there, light enough to write on
        paper = cv2.warpPerspective(sheet.image, place, _FRAME, borderValue=(245, 245, 245))
        pale = scene // 2 + 110 if scene.mean() < 120 else scene
        scene = np.asarray(cv2.multiply(pale, paper, scale=1 / 235), np.uint8)
    else:
        cover = cv2.warpPerspective(np.full(sheet.image.shape[:2], 255, np.uint8), place, _FRAME)
        scene = np.where(cover[:, :, None] > 127, flat, scene)
    lit = shaded(np.ascontiguousarray(scene, np.uint8), desk.light(rng, width, height))
    webcam = Webcam(random_optics(rng, _FRAME))
    image = webcam.see(lit, np.eye(3), rng)
    lines = [webcam.project(line.polygon, place) for line in sheet.lines]
    return image, [line for line in lines if _in_view(line)]


def _sheet(material: Material, pitch: int, rng: Rng) -> tuple[Sheet, bool]:
    """A sheet of any kind, and whether it is a blackboard."""
    size = (int(rng.uniform(8, 26) * pitch), int(rng.uniform(2.2, 18) * pitch))
    size = (min(size[0], 1500), min(size[1], 900))
    kind = rng.random()
    if kind < 0.2:
        return scanned_sheet(material.scans[int(rng.integers(len(material.scans)))], rng, pitch), False
    if kind < 0.5 and material.fonts:
        return printed_sheet(material, rng, rng, size, pitch), False
    writer = material.writers[int(rng.integers(len(material.writers)))]
    paper = str(rng.choice((*PAPERS, "board"), p=(0.4, 0.3, 0.18, 0.12)))
    return written_sheet(writer, rng, rng, size, pitch, paper), paper == "board"


def _place(sheet: Sheet, rng: Rng) -> F64:
    """(3, 3) from the sheet into the frame: turned, shifted, tilted."""
    h, w = sheet.image.shape[:2]
    angle = np.deg2rad(rng.uniform(-45, 45) if rng.random() < 0.3 else rng.normal(0, 5))
    cos, sin = np.cos(angle), np.sin(angle)
    middle = np.array([rng.uniform(0.3, 0.7), rng.uniform(0.3, 0.7)]) * _FRAME
    turn = np.array([[cos, -sin, middle[0]], [sin, cos, middle[1]], [0, 0, 1]])
    back = np.array([[1, 0, -w / 2], [0, 1, -h / 2], [0, 0, 1.0]])
    tilt = np.eye(3)
    tilt[2, :2] = rng.normal(0, 1.5e-4, 2)
    return np.asarray(turn @ tilt @ back, np.float64)


def _in_view(line: F32) -> bool:
    low, high = line.min(axis=0), line.max(axis=0)
    return bool((high > 2).all() and low[0] < _FRAME[0] - 2 and low[1] < _FRAME[1] - 2)
