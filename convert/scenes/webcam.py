"""A simulated webcam: perspective, lens distortion, exposure, blur, noise, sharpening, MJPEG."""

from dataclasses import dataclass

import cv2
import numpy as np

from camera_ocr.types import F32, F64, U8

Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class Optics:
    """One camera, well or badly set."""

    size: tuple[int, int]
    """Width and height of its frames, px."""
    focal: float = 1.1
    """In widths of the frame."""
    bend: float = 0.0
    """Distortion: parameter of the division model (Fitzgibbon 2001), in half widths; negative is barrel."""
    defocus: float = 0.0
    """Sigma, px."""
    vignette: float = 0.15
    exposure: float = 115.0
    """Mean grey that its automatic exposure aims at, 0..255."""
    gamma: float = 1.0
    balance: tuple[float, float, float] = (1.0, 1.0, 1.0)
    """White balance, BGR."""
    noise: float = 2.0
    """Standard deviation at middle grey, of 255."""
    sharpen: float = 0.0
    quality: int = 85
    """Of the JPEG that the camera sends, 0..100."""


def random_optics(rng: Rng, size: tuple[int, int]) -> Optics:
    """From a good camera in good light to a poor one in the evening."""
    poor = float(rng.beta(1.3, 2.2))
    scale = size[0] / 1280
    return Optics(
        size,
        focal=float(rng.uniform(0.85, 1.3)),
        bend=float(np.clip(rng.normal(-0.03, 0.04), -0.12, 0.05)),
        defocus=float(rng.uniform(0.25, 0.5 + 1.3 * poor)) * scale**0.7,
        vignette=float(rng.uniform(0.0, 0.3)),
        exposure=float(np.clip(rng.normal(132 - 22 * poor, 16), 75, 165)),
        gamma=float(np.exp(rng.normal(0, 0.12))),
        balance=tuple((1 + rng.normal(0, 0.05, 3)).tolist()),
        noise=float(rng.uniform(0.5, 1.2 + 4.5 * poor)),
        sharpen=float(rng.choice((0.0, rng.uniform(0.2, 0.8)))),
        quality=int(rng.uniform(94 - 44 * poor, 96)),
    )


class Webcam:
    """Makes frames of a flat scene; `rng` is used for nothing but the noise."""

    def __init__(self, optics: Optics) -> None:
        self.optics = optics
        width, height = optics.size
        columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
        seen = np.stack([columns, rows], axis=2).reshape(-1, 2)
        self._rays = self._straight(seen).reshape(-1, 1, 2)
        x, y = (columns / width - 0.5) * 2, (rows / width - 0.5 * height / width) * 2
        dark = np.clip(255 * (1 - optics.vignette * (x * x + y * y)), 0, 255).astype(np.uint8)
        self._vignette = np.asarray(cv2.cvtColor(dark, cv2.COLOR_GRAY2BGR), np.uint8)
        # photons are counted: the noise grows with the root of the light, and there is some in the dark
        grey = np.arange(256, dtype=np.float32)
        self._strength = np.asarray(np.sqrt(grey / 128 + 0.15) * optics.noise, np.float32)
        self._tones: U8 | None = None
        # larger than the frame: each frame takes its noise from another place of it
        generator = np.random.default_rng(width)
        field = generator.standard_normal((512, 512, 3), dtype=np.float32)
        field += generator.standard_normal((512, 512, 1), dtype=np.float32) * 1.5
        field = cv2.GaussianBlur(field, (0, 0), 0.6)
        field /= field.std()
        reach = (-(-(height + 512) // 512), -(-(width + 512) // 512), 1)
        self._noise: F32 = np.tile(field.astype(np.float32), reach)

    def corners(self) -> F32:
        """(8, 2) corners and middles of the sides of the frame, as a camera without distortion has them."""
        w, h = self.optics.size
        around = [[0, 0], [w / 2, 0], [w, 0], [w, h / 2], [w, h], [w / 2, h], [0, h], [0, h / 2]]
        return self._straight(np.array(around, np.float32))

    def project(self, points: F32, homography: F64) -> F32:
        """(n, 2) px of the flat scene -> px of the frame; `homography` is that of an undistorted frame."""
        straight = cv2.perspectiveTransform(points.reshape(-1, 1, 2).astype(np.float64), homography)
        return self._bent(straight.reshape(-1, 2))

    def expose(self, scene: U8, homography: F64) -> None:
        """Set the exposure by what is seen of the scene; `see` does it for the first frame."""
        width, height = self.optics.size
        small = cv2.resize(scene, None, fx=1 / 16, fy=1 / 16, interpolation=cv2.INTER_AREA)
        coarse = np.diag([16 / width, 9 / height, 1.0]) @ homography @ np.diag([16.0, 16.0, 1.0])
        thumb = cv2.warpPerspective(small, coarse, (16, 9), borderMode=cv2.BORDER_REPLICATE)
        gain = float(np.clip(self.optics.exposure / max(1.0, float(thumb.mean())), 0.5, 3.0))
        levels = (np.arange(256) / 255) ** self.optics.gamma * 255 * gain
        # a sensor saturates softly
        levels = np.where(levels > 215, 215 + 40 * np.tanh((levels - 215) / 40), levels)
        tones = np.clip(levels[:, None] * np.array(self.optics.balance), 0, 255)
        self._tones = tones.astype(np.uint8)[:, None, :]

    def see(
        self, scene: U8, homography: F64, rng: Rng, *, blur: F32 | None = None, defocus: float = 0.0
    ) -> U8:
        """The frame (H, W, 3) BGR; `blur` is a kernel of motion, `defocus` px more than the camera's own."""
        if self._tones is None:
            self.expose(scene, homography)
        optics = self.optics
        width, height = optics.size
        source = cv2.perspectiveTransform(self._rays, np.linalg.inv(homography)).reshape(height, width, 2)
        image = cv2.remap(scene, source, None, cv2.INTER_LINEAR, None, cv2.BORDER_REPLICATE)
        image = cv2.LUT(image, self._tones)
        sigma = float(np.hypot(optics.defocus, defocus))
        if sigma > 0.2:
            image = cv2.GaussianBlur(image, (0, 0), sigma)
        if blur is not None:
            image = cv2.filter2D(image, -1, blur)
        image = cv2.multiply(image, self._vignette, scale=1 / 255)
        dx, dy = rng.integers(0, 512, 2).tolist()
        grain = self._noise[dy : dy + height, dx : dx + width]
        grain = grain * cv2.LUT(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), self._strength)[:, :, None]
        image = cv2.add(image, grain, dtype=cv2.CV_8U)
        if optics.sharpen:
            soft = cv2.GaussianBlur(image, (0, 0), 1.2)
            image = cv2.addWeighted(image, 1 + optics.sharpen, soft, -optics.sharpen, 0)
        packed = cv2.imencode(".jpg", image, (cv2.IMWRITE_JPEG_QUALITY, optics.quality))[1]
        return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)

    def _middle(self) -> tuple[np.ndarray, float]:
        w, h = self.optics.size
        return np.array([w / 2, h / 2]), w / 2

    def _straight(self, points: F32) -> F32:
        """Frame px -> px of a frame without distortion."""
        middle, half = self._middle()
        at = (points - middle) / half
        r2 = (at * at).sum(axis=1, keepdims=True)
        return np.asarray(at / (1 + self.optics.bend * r2) * half + middle, np.float32)

    def _bent(self, points: F64) -> F32:
        """The inverse of `_straight`."""
        middle, half = self._middle()
        at = (points - middle) / half
        if abs(self.optics.bend) > 1e-9:
            r2 = (at * at).sum(axis=1, keepdims=True)
            root = np.sqrt(np.maximum(1 - 4 * self.optics.bend * r2, 0))
            at = at * (2 / (1 + root))
        return np.asarray(at * half + middle, np.float32)
