"""What the window takes of the processor while nothing moves: a page lies before a camera that is clamped.

    xvfb-run -a -s "-screen 0 1280x800x24" python tests/gui/at_rest.py

opens the real window on such a camera, 1280 x 720 at 30 frames a second with a sensor's noise, waits until
all is read, and prints the processor time of the whole process and of its threads as a share of one core, and
how many lines were read meanwhile. As it is processor time, other work on the machine matters little, as long
as the frames come. The exit status is 1 when it is 10 % or more, or when anything was read. What a camera's
driver takes for unpacking its pictures comes on top; `--source 0` measures with a real one.
"""

import argparse
import os
import sys
import tempfile
import threading
import time

import numpy as np
from PyQt5.QtCore import QTimer

from camera_ocr.capture.base import FrameSource
from camera_ocr.capture.demo import DemoSource
from camera_ocr.config import Config, SourceConfig
from camera_ocr.engine_stats import EngineStats
from camera_ocr.gui import app
from camera_ocr.gui.application import make_application
from camera_ocr.gui.look import Look
from camera_ocr.gui.settings import Settings, default_settings_path
from camera_ocr.process import Usage, usage
from camera_ocr.types import U8, Frame

LIMIT_PERCENT = 10.0
RESTING = "resting"
FPS = 30
QUIET_S = 6.0
"""When nothing was read for so long, all is."""
PICTURES = 24
"""Different ones, again and again: drawing noise in time would cost what is to be measured."""


class RestingCamera:
    """Sees the demo's page from one place; only the noise differs from frame to frame."""

    live, stills = True, False

    def __init__(self) -> None:
        self.name = RESTING
        first = DemoSource(realtime=False, frames=1).read()
        assert first is not None
        random = np.random.default_rng(5)
        self._pictures = [_noisy(first.image, random) for _ in range(PICTURES)]
        self._closed = threading.Event()
        self._start_s: float | None = None
        self._next = 0

    def read(self) -> Frame | None:
        now = time.monotonic()
        if self._start_s is None:
            self._start_s = now
        self._closed.wait(max(0.0, self._start_s + self._next / FPS - now))
        if self._closed.is_set():
            return None
        index = max(self._next, int((time.monotonic() - self._start_s) * FPS))
        self._next = index + 1
        return Frame(self._pictures[index % PICTURES], index, time.monotonic_ns(), self.name)

    def close(self) -> None:
        self._closed.set()


def _noisy(picture: U8, random: np.random.Generator) -> U8:
    noise = random.normal(0, 2.2, (*picture.shape[:2], 1)) + random.normal(0, 1.5, picture.shape)
    return np.clip(picture + noise, 0, 255).round().astype(np.uint8)


def _by_thread(before: Usage, after: Usage, seconds: float) -> str:
    rows = []
    for name, cpu_s in after.by_thread_s.items():
        percent = 100 * (cpu_s - before.by_thread_s.get(name, 0.0)) / seconds
        rows.append(f"{name.removeprefix('camera-ocr '):16} {percent:5.1f} %")
    return "\n".join(rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--source", default=RESTING, help="a camera to measure with (default: a simulated one)"
    )
    parser.add_argument("--seconds", type=float, default=30, help="seconds to measure for (default: 30)")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="camera-ocr-")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = folder
    open_source = app.open_source

    def open_spec(spec: str, *, size: tuple[int, int], fps: float) -> FrameSource:
        return RestingCamera() if spec == RESTING else open_source(spec, size=size, fps=fps)

    app.open_source = open_spec
    application = make_application()
    settings = Settings(default_settings_path())
    config = Config(source=SourceConfig(spec=options.source))
    window = app.make_window(config, Look(application, settings).theme, settings)
    taken: list[tuple[float, Usage, EngineStats]] = []
    quiet_since = 0.0
    reads = 0

    def look() -> None:
        nonlocal quiet_since, reads
        now, stats = time.monotonic(), window.session.stats
        if stats is None or stats.reads == 0 or stats.reads > reads:
            quiet_since, reads = now, stats.reads if stats is not None else 0
        enough = options.seconds if taken else QUIET_S
        if stats is not None and now - (taken[0][0] if taken else quiet_since) >= enough:
            taken.append((now, usage(), stats))
        if len(taken) == 2:
            window.close()

    looks = QTimer()
    looks.timeout.connect(look)
    looks.start(500)
    window.resize(1200, 760)
    window.show()
    window.session.begin(options.source)
    application.exec()
    (begun, before, stats_before), (ended, after, stats_after) = taken
    seconds = ended - begun
    percent = 100 * (after.cpu_s - before.cpu_s) / seconds
    read = stats_after.reads - stats_before.reads
    print(_by_thread(before, after, seconds))
    print(f"{'all':16} {percent:5.1f} % of one core, {seconds:.0f} s")
    print(f"{'frames':16} {(stats_after.shown - stats_before.shown) / seconds:5.1f} a second")
    print(f"{'lines read':16} {read:5} of {reads} in all")
    return int(percent >= LIMIT_PERCENT or read > 0)


if __name__ == "__main__":
    sys.exit(main())
