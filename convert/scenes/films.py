"""Moving scenes: what a camera sees of a desk for some seconds, with every line's place in every frame.

Kinds of films:
rest      the camera is clamped: nothing moves but the noise
handheld  the camera is in a hand: it sways, trembles and drifts
hand      as handheld, and a hand passes over the lines and stays there for a second
leaving   the camera turns aside until lines are out of the picture, rests there, and comes back
blur      as handheld, with bursts of lost focus and of sudden motion
turn      as handheld, and in the middle the page is turned
"""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from camera_ocr.types import F32, F64, U8
from convert.scenes.clutter import Thing, hand, put_down
from convert.scenes.material import Material
from convert.scenes.sheets import PAPERS, Sheet, written_sheet
from convert.scenes.stills import Pose, frame_the_table, motion_kernel
from convert.scenes.table import Placed, Table, lay_table
from convert.scenes.truth import TrueLine, true_lines
from convert.scenes.webcam import Webcam, random_optics

Rng = np.random.Generator

FILMS = ("rest", "handheld", "hand", "leaving", "blur", "turn")
_OVERSAMPLE = 1.2
_TURN_S = 0.7
_STEP_S = 0.04
"""Motion blur is what the camera moves in this time, at most: 1/25 s of exposure in poor light."""


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """One frame of a film."""

    index: int
    packed: bytes
    """JPEG, as the camera sends it."""
    lines: tuple[TrueLine, ...]
    turning: bool = False
    """A page is half turned: nobody can say which lines are there."""

    @property
    def image(self) -> U8:
        """(H, W, 3) BGR."""
        return np.asarray(cv2.imdecode(np.frombuffer(self.packed, np.uint8), cv2.IMREAD_COLOR), np.uint8)


class Film:
    """Frames are made when asked for; the same seed gives the same film.

    Raises ValueError for a kind that is not one of FILMS.
    """

    def __init__(
        self,
        material: Material,
        seed: int,
        kind: str,
        *,
        size: tuple[int, int] = (1280, 720),
        seconds: float = 8.0,
        fps: float = 30.0,
        lines: int = 12,
    ) -> None:
        if kind not in FILMS:
            raise ValueError(f"no film of kind {kind!r}; there are {', '.join(FILMS)}")
        self.name, self.kind, self.fps = f"{kind}-{seed}", kind, fps
        self.count = round(seconds * fps)
        self._seconds = seconds
        self._plan, ink, paper, things, camera, self._noise = (
            np.random.default_rng([seed, FILMS.index(kind), i]) for i in range(6)
        )
        self._webcam = Webcam(random_optics(camera, size))
        self._unit = _OVERSAMPLE * 0.88 * size[1] / (lines + 1.0)
        pages = 2 if kind == "turn" else 1
        sheets = [_page(material, self._plan, ink, paper, size, self._unit) for _ in range(pages)]
        self._phases: F64 = self._plan.uniform(0, 2 * np.pi, (6, 3))
        self._base = self._plan.normal(0, 1, 3) * (2.5, 4.0, 4.0) + (0.0, 8.0, 0.0)
        self._bursts = _bursts(self._plan, seconds) if kind == "blur" else []
        self._aside = float(self._plan.choice((-1, 1)))
        self._poses = [self._pose(i / fps) for i in range(self.count)]
        self._homographies, shape = frame_the_table(self._webcam, self._poses)
        shift = self._homographies[0][1]
        light_seed = int(things.integers(1 << 30))
        self._tables: list[Table] = []
        for sheet in sheets:
            # the same desk and light under both pages
            rng = np.random.default_rng(light_seed)
            placed = Placed(sheet, shift, 0.0)
            self._tables.append(lay_table(rng, shape, [placed], self._unit, things=2))
        if len(self._tables) > 1:
            first, second = self._tables
            numbered = [(n + len(first.lines), line) for n, line in second.lines]
            self._tables[1] = Table(second.image, numbered, second.hidden)
        h, w = sheets[0].image.shape[:2]
        self._sheet_box = (round(shift[0] - w / 2), round(shift[1] - h / 2), w, h)
        self._hand: Thing | None = hand(things, 0.8 * self._unit) if kind == "hand" else None
        self._webcam.expose(self._tables[0].image, self._homographies[0][0])

    @property
    def turned_at_s(self) -> float | None:
        """When the second page lies open; None where no page is turned."""
        return self._seconds / 2 + _TURN_S if self.kind == "turn" else None

    def shots(self) -> Iterator[Shot]:
        for index in range(self.count):
            t = index / self.fps
            table = self._table_at(t)
            to_frame, _ = self._homographies[index]
            image = self._webcam.see(
                table.image, to_frame, self._noise, blur=self._motion_blur(index), defocus=self._defocus(t)
            )
            packed = cv2.imencode(".jpg", image, (cv2.IMWRITE_JPEG_QUALITY, 95))[1].tobytes()
            lines = true_lines(table.lines, self._webcam, to_frame, table.hidden)
            yield Shot(index, packed, lines, 0 < self._turned(t) < 1)

    def _pose(self, t: float) -> Pose:
        pose = np.array([0.0, 0.0, 1.0, *self._base])
        if self.kind != "rest":
            speeds = 2 * np.pi * np.array([0.11, 0.47, 2.3])
            sizes = np.array([7.0, 2.4, 0.5])
            pose = pose + (np.sin(t * speeds + self._phases) * sizes).sum(axis=1) * (
                1.0, 1.0, 0.0012, 0.09, 0.12, 0.12
            )  # fmt: skip
        if self.kind == "leaving":
            # away within a second, there for a good second, and back
            phase = np.clip(
                [(t - 0.35 * self._seconds) / 0.9, (0.35 * self._seconds + 3.0 - t) / 0.9], 0, 1
            ).min()
            eased = phase * phase * (3 - 2 * phase)
            height = self._webcam.optics.size[1]
            pose[1] += self._aside * 0.55 * height * _OVERSAMPLE * eased
        for start, angle in self._bursts:
            s = t - start
            if 0 <= s < 0.5:  # a knock: out and back within half a second
                out = np.sin(np.pi * s / 0.5) ** 2 * 26
                pose[0] += out * np.cos(angle)
                pose[1] += out * np.sin(angle)
        x, y, zoom, roll, pitch, yaw = pose.tolist()
        return Pose((x, y), zoom / _OVERSAMPLE, (roll, pitch, yaw))

    def _motion_blur(self, index: int) -> F32 | None:
        """The way the picture's middle goes while the shutter is open."""
        if index == 0:
            return None
        a, b = (np.array(self._poses[i].look_at) * self._poses[i].zoom for i in (index - 1, index))
        way = (b - a) * self.fps * _STEP_S * 0.5
        length = float(np.hypot(*way))
        return motion_kernel(float(np.arctan2(way[1], way[0])), length) if length > 1.2 else None

    def _defocus(self, t: float) -> float:
        """px more than the camera's own: it hunts after a burst."""
        return sum(4.0 * float(np.exp(-0.5 * ((t - start - 0.6) / 0.22) ** 2)) for start, _ in self._bursts)

    def _table_at(self, t: float) -> Table:
        if self._hand is not None:
            return self._with_hand(t)
        if self.kind != "turn":
            return self._tables[0]
        u = self._turned(t)
        if u <= 0:
            return self._tables[0]
        if u >= 1:
            return self._tables[1]
        return self._half_turned(u)

    def _turned(self, t: float) -> float:
        """0 before the page is turned, 1 after."""
        if self.kind != "turn":
            return 0.0
        return float(np.clip((t - self._seconds / 2) / _TURN_S, 0, 1))

    def _with_hand(self, t: float) -> Table:
        table, thing = self._tables[0], self._hand
        assert thing is not None
        start = 0.4 * self._seconds
        reach = np.clip([(t - start) / 0.5, (start + 2.0 - t) / 0.5], 0, 1).min()
        if reach <= 0:
            return table
        x, y, w, h = self._sheet_box
        image, hidden = table.image.copy(), table.hidden.copy()
        # the finger tips lie 0.35 of the hand's length above its middle
        tips = y + h * (1.1 - 0.75 * reach)
        at = (x + (0.36 + 0.1 * self._aside) * w, tips + 0.35 * thing.cover.shape[0])
        put_down(image, thing, at, 12.0 * self._aside, self._unit, hidden)
        return Table(image, table.lines, hidden)

    def _half_turned(self, u: float) -> Table:
        """The first page stands up on its left edge and falls to the left, out of the picture."""
        old, new = self._tables
        x, y, w, h = self._sheet_box
        top, left = max(0, y), max(0, x)
        bottom, right = min(new.image.shape[0], y + h), min(new.image.shape[1], x + w)
        page = old.image[top:bottom, left:right]
        width = max(1, int((right - left) * np.cos(0.5 * np.pi * u)))
        standing = cv2.resize(page, (width, bottom - top), interpolation=cv2.INTER_AREA)
        image, hidden = new.image.copy(), new.hidden.copy()
        image[top:bottom, left : left + width] = cv2.convertScaleAbs(standing, alpha=1 - 0.4 * u)
        hidden[top:bottom, left : left + width] = 255
        return Table(image, new.lines, hidden)


def _page(material: Material, plan: Rng, ink: Rng, paper: Rng, size: tuple[int, int], unit: float) -> Sheet:
    writer = material.writers[int(plan.integers(len(material.writers)))]
    width, height = (round(0.92 * side * _OVERSAMPLE) for side in size)
    style = PAPERS[int(plan.choice(len(PAPERS), p=(0.4, 0.4, 0.2)))]
    return written_sheet(writer, ink, paper, (width, height), round(unit), style, full=True)


def _bursts(rng: Rng, seconds: float) -> list[tuple[float, float]]:
    """When the camera is knocked, s, and in which direction, radians."""
    starts = np.arange(1.6, seconds - 1.0, 2.6) + rng.uniform(-0.3, 0.3)
    return [(float(start), float(rng.uniform(0, 2 * np.pi))) for start in starts]
