"""A page of handwriting seen by a simulated hand-held camera, for when there is no real one."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from camera_ocr.capture.files import read_image
from camera_ocr.capture.scene import make_scene, plane_to_frame
from camera_ocr.types import F64, U8, Frame

PAGE = Path(__file__).with_name("assets") / "demo_page.png"
"""The page, flat; its text stands beside it in demo_page.txt."""

_REST_S, _MOVE_S = 6.0, 2.0
_FOCAL = 1.1

# where the camera rests: page px it looks at, frame px per page px at 1280 wide, roll, pitch, yaw in degrees
_POSES = np.array(
    [
        (735, 590, 0.585, -1.2, 7.0, -3.0),
        (705, 575, 0.600, 2.2, 9.0, 4.0),
        (720, 605, 0.595, -2.6, 5.0, 6.0),
        (760, 600, 0.575, 0.8, 11.0, -6.0),
    ]
)


class DemoSource:
    """An endless, repeatable stream: frame `i` depends on the seed and `i` only.

    The camera rests for some seconds, so that readings settle, then moves on and loses focus for a moment.
    With `realtime` frames come at `fps` and those that nobody fetched in time are skipped, as with a camera;
    without it every frame comes at once when asked for. `frames` ends the stream.
    """

    stills = False

    def __init__(
        self,
        seed: int = 0,
        size: tuple[int, int] = (1280, 720),
        fps: float = 30,
        realtime: bool = True,
        frames: int | None = None,
        clock: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self.name = "demo"
        self.live = realtime
        self._size = size
        self._fps = fps
        self._frames = frames
        self._clock = clock
        self._closed = threading.Event()
        self._scene = make_scene(read_image(PAGE), seed)
        # OpenCV 5 warps four channels three times as fast as three
        self._desk = cv2.cvtColor(self._scene.image, cv2.COLOR_BGR2BGRA)
        rng = np.random.default_rng(seed + 1)
        self._phases: F64 = rng.uniform(0, 2 * np.pi, (6, 3))
        self._noise = _noise_tile(rng, size)
        self._offsets: NDArray[np.int64] = rng.integers(0, 64, (997, 2))
        self._vignette = _vignette(size)
        self._next = 0
        self._start_ns: int | None = None

    def read(self) -> Frame | None:
        """The next frame; None at the end or when closed."""
        if self.live:
            self._wait_for_the_moment()
        if self._closed.is_set() or (self._frames is not None and self._next >= self._frames):
            return None
        index = self._next
        self._next += 1
        return Frame(self._render(index), index, self._clock(), self.name)

    def close(self) -> None:
        self._closed.set()

    def page_to_frame(self, index: int) -> F64:
        """(3, 3) homography: px of the flat page -> px of frame `index`."""
        t = index / self._fps
        x, y, zoom, roll, pitch, yaw = self._pose(t)
        return plane_to_frame((x, y), zoom * self._size[0] / 1280, (roll, pitch, yaw), self._size, _FOCAL)

    def _wait_for_the_moment(self) -> None:
        now = self._clock()
        if self._start_ns is None:
            self._start_ns = now
        due = self._start_ns + int(self._next * 1e9 / self._fps)
        if due > now:
            self._closed.wait((due - now) / 1e9)
        else:
            # frames that nobody fetched are gone, as with a real camera
            self._next = max(self._next, int((now - self._start_ns) * self._fps / 1e9))

    def _pose(self, t: float) -> F64:
        """x, y, zoom, roll, pitch, yaw at t seconds."""
        leg, s = divmod(t, _REST_S + _MOVE_S)
        here, there = (_POSES[int(leg + i) % len(_POSES)] for i in (0, 1))
        u = np.clip((s - _REST_S) / _MOVE_S, 0, 1)
        pose = here + (there - here) * (u * u * (3 - 2 * u))
        # a hand is never still: slow sway and a little tremor
        speeds = 2 * np.pi * np.array([0.13, 0.41, 1.9])
        sizes = np.array([4.0, 1.6, 0.35])
        sway = (np.sin(t * speeds + self._phases) * sizes).sum(axis=1)
        return np.asarray(pose + sway * (1.0, 1.0, 0.0008, 0.05, 0.09, 0.09), np.float64)

    def _blur_px(self, t: float) -> float:
        """Defocus, as the sigma of a Gaussian in px: strong in a move, faint and slowly changing at rest."""
        s = t % (_REST_S + _MOVE_S)
        hunt = np.exp(-0.5 * ((s - _REST_S - 0.6 * _MOVE_S) / 0.45) ** 2)
        return float(2.1 * hunt + 0.35 * max(0.0, np.sin(0.9 * t)))

    def _render(self, index: int) -> U8:
        corner_x, corner_y = self._scene.page_corner
        to_page = np.diag([1 / self._scene.page_scale, 1 / self._scene.page_scale, 1.0])
        to_page = to_page @ np.array([[1, 0, -corner_x], [0, 1, -corner_y], [0, 0, 1.0]])
        h = self.page_to_frame(index) @ to_page
        width, height = self._size
        image = cv2.warpPerspective(self._desk, h, self._size, borderMode=cv2.BORDER_REFLECT)
        image = cv2.cvtColor(image, cv2.COLOR_BGRA2BGR)
        sigma = self._blur_px(index / self._fps) * width / 1280
        if sigma > 0.25:
            reach = 2 * int(np.ceil(2 * sigma)) + 1
            image = cv2.GaussianBlur(image, (reach, reach), sigma)
        image = cv2.multiply(image, self._vignette, scale=1 / 255)
        dx, dy = self._offsets[index % len(self._offsets)].tolist()
        noise = self._noise[dy : dy + height, dx : dx + width]
        return np.asarray(cv2.addWeighted(image, 1, noise, 1, -128), np.uint8)


def _noise_tile(rng: np.random.Generator, size: tuple[int, int]) -> U8:
    """A sensor's noise around 128, larger than the frame: each frame takes it from another place."""
    grey = rng.standard_normal((512, 512, 1), dtype=np.float32)
    colour = rng.standard_normal((512, 512, 3), dtype=np.float32)
    tile = np.clip(128 + 2.2 * grey + 1.5 * colour, 0, 255).round().astype(np.uint8)
    width, height = size[0] + 64, size[1] + 64
    return np.tile(tile, (-(-height // 512), -(-width // 512), 1))


def _vignette(size: tuple[int, int]) -> U8:
    """(H, W, 3), 255 in the middle: a lens is darker towards its corners."""
    width, height = size
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None] * height / width
    dark = 255 * (1 - 0.2 * (x * x + y * y))
    return np.repeat(dark.astype(np.uint8)[:, :, None], 3, axis=2)
