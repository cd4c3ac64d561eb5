"""The threads of the live view: one captures, one follows the lines, one reads.

The worker takes the newest frame and runs the pipeline's fast path on it, so the view keeps pace whatever the
reader does; the reader's thread looks for lines and reads them, while the pipeline is not locked. Frames of
a file are not dropped: capture waits for the worker, which then does all that itself, so a run over a file
always gives the same result.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from camera_ocr.capture.base import FrameSource
from camera_ocr.capture.feeder import RETRY_S, Captured, Feeder, Session
from camera_ocr.engine_slow import Pipeline, SlowPath
from camera_ocr.engine_state import EngineState, Phase, StateBoard, sentence_about
from camera_ocr.engine_stats import EngineStats, Meter
from camera_ocr.errors import CameraOcrError, ReaderError, SourceError
from camera_ocr.mailbox import LatestSlot
from camera_ocr.types import U8, Frame, FrameResult, Transcript

__all__ = ["Engine", "EngineState", "EngineStats", "Phase", "Pipeline"]

log = logging.getLogger(__name__)

# what can go wrong again and again while the view goes on
_SHOWING = "A picture could not be shown"
_PICTURE = "A picture could not be read"


class Engine:
    """Runs a source through a pipeline in threads of its own. Methods may be called from any thread.

    `source_factory` is called in the capture thread and may raise CameraOcrError; then `fallback`, if given,
    is opened in its place. `pipeline_factory` is called once, in the worker thread; when it raises
    CameraOcrError the view goes on without text. `on_state` and `on_result` are called from the engine's
    threads, for every state and every result.
    """

    def __init__(
        self,
        source_factory: Callable[[], FrameSource],
        pipeline_factory: Callable[[], Pipeline],
        *,
        fallback: Callable[[], FrameSource] | None = None,
        on_state: Callable[[EngineState], None] | None = None,
        on_result: Callable[[FrameResult], None] | None = None,
        clock: Callable[[], int] = time.monotonic_ns,
        retry_s: Sequence[float] = RETRY_S,
    ) -> None:
        self._make_pipeline = pipeline_factory
        self._on_result = on_result
        self._clock = clock
        self._board = StateBoard(on_state)
        self._meter = Meter(clock)
        self._frames: LatestSlot[Captured] = LatestSlot()
        self._last: FrameResult | None = None
        self._slow = SlowPath(self._board, self._meter, clock)
        self._shown_by: Pipeline | None = None
        """What read the newest frame."""
        self._show_lock = threading.Lock()
        """Not taken inside one of the slow path's, nor one of these inside it."""
        self._flowing = threading.Event()
        """Not set while frozen."""
        self._flowing.set()
        self._work = threading.Event()
        """There may be something to read."""
        self._stopping = False
        self._switches = 0
        self._hold_next = False
        """The next frame is to stand; for the worker only."""
        first = Session(source_factory, fallback)
        self._feeder = Feeder(first, self._frames, self._board, self._meter, self._flowing, retry_s)
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Starts the threads and opens the source; once only."""
        for name, target in (("capture", self._feeder.run), ("worker", self._follow), ("reader", self._read)):
            # daemons: a driver that hangs in read() must not keep the program from ending
            thread = threading.Thread(target=target, name=f"camera-ocr {name}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self, timeout_s: float = 15.0) -> None:
        """Ends the threads and releases the source; may be called twice. The last result stays."""
        self._stopping = True
        self._feeder.stop()
        self._flowing.set()
        self._work.set()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(timeout_s)
                if thread.is_alive():
                    log.error("%s did not end within %.0f s", thread.name, timeout_s)
        self._threads = []
        self._board.set(phase=Phase.STOPPED, frozen=False)

    @property
    def state(self) -> EngineState:
        return self._board.state

    def latest(self) -> FrameResult | None:
        """The newest result, again and again until there is a newer one; None before the first."""
        with self._show_lock:
            return self._last

    def stats(self) -> EngineStats:
        """Counts since the source was opened, rates and times over the last seconds."""
        return self._meter.stats(dropped=self._frames.dropped)

    def freeze(self) -> FrameResult:
        """Holds the picture and reads every line of it at full quality.

        The view stands still from the first moment; the call itself takes as long as the reading, so it does
        not belong in the thread of a window. resume and switch need not wait for it: they end the freeze at
        once, and what was read is then only returned. Raises SourceError when there is no picture yet.
        """
        with self._show_lock:
            shown = self._last
            if shown is None:
                raise SourceError("There is no picture to hold yet; wait until the camera shows one.")
            self._flowing.clear()
        self._board.set(frozen=True)
        held = shown
        try:
            # without the pipeline's lock: a still is read by itself, and the view may go on meanwhile
            with self._slow.reader_lock:
                pipeline = self._slow.pipeline
                if pipeline is not None and pipeline.reader is not None:
                    held = replace(pipeline.read_still(shown.frame), dropped=shown.dropped)
        except BaseException:
            self.resume()
            raise
        with self._show_lock:
            if self._last is shown and not self._flowing.is_set():
                self._last = held
        return held

    def read_crops(self, crops: Sequence[U8]) -> list[Transcript]:
        """What the reader makes of line pictures, (h, w) grey, whatever the view shows meanwhile.

        Takes as long as the reading. Raises ReaderError when there is no reader.
        """
        with self._slow.reader_lock:
            reader = self._slow.pipeline.reader if self._slow.pipeline is not None else None
            if reader is None:
                raise ReaderError("There is no text reader that could read this.")
            return reader.read(crops)

    def resume(self) -> None:
        """Lets the view go on after freeze; nothing happens when it is not frozen."""
        self._board.set(frozen=False)
        self._flowing.set()

    def switch(
        self,
        source_factory: Callable[[], FrameSource],
        *,
        fallback: Callable[[], FrameSource] | None = None,
        hold_first: bool = False,
    ) -> int:
        """Changes to another source; returns at once, the state tells when it is open. Ends a freeze.

        With `hold_first` the first frame stands as freeze would hold it, read at full quality; the state is
        frozen when that is done. Returns the number by which the state tells that it is about this source.
        """
        self._switches += 1
        number = self._switches
        self._feeder.switch(Session(source_factory, fallback, hold_first, number))
        self.resume()
        return number

    def use(self, pipeline_factory: Callable[[], Pipeline]) -> None:
        """Reads by another pipeline from now on. A picture that stands, held or at the end of a file, is read
        anew by it.

        Takes as long as making the pipeline, and the reading, so it does not belong in the thread of a
        window. Raises what making it raises, and goes on as before then.
        """
        pipeline = pipeline_factory()
        with self._slow.pipeline_lock:
            self._slow.pipeline = pipeline
            self._slow.forget_failures()
            self._board.no_reader("")
        self._board.clear()
        self._board.set(no_text=False)
        if self._stands:
            self._read_standing_view()

    def show_instead(self, frame: Frame) -> FrameResult | None:
        """Shows `frame` in place of a picture that stands, such as the same one turned, and reads it.

        Returns what is then shown; None when no picture stands. Takes as long as the reading, so it does not
        belong in the thread of a window.
        """
        with self._show_lock:
            if self._last is None or not self._stands:
                return None
            self._last = shown = FrameResult(frame, None, (), dropped=self._last.dropped)
        self._read_standing_view()
        with self._show_lock:
            return self._last if self._last is not None and self._last.frame is shown.frame else None

    @property
    def _stands(self) -> bool:
        """No frame is to come that would be read."""
        return not self._flowing.is_set() or self._board.state.phase in (Phase.LOST, Phase.ENDED)

    # --- the worker: the fast path ---

    def _read_standing_view(self) -> None:
        """What is shown, read anew because no frame will come for another pipeline to read."""
        pipeline = self._slow.pipeline
        with self._show_lock:
            shown = self._last
        if shown is None or pipeline is None or pipeline.reader is None:
            return
        try:
            with self._slow.reader_lock:
                result = replace(pipeline.read_still(shown.frame), dropped=shown.dropped)
        except Exception as error:
            self._board.report(_PICTURE, error)
            return
        with self._show_lock:
            if self._last is not shown or not self._stands:
                return
            self._last = result
        if self._on_result is not None:
            self._on_result(result)

    def _follow(self) -> None:
        self._start_pipeline()
        session: Session | None = None
        while (item := self._frames.take()) is not None:
            was_frozen = not self._flowing.is_set()
            self._flowing.wait()
            if not self._feeder.is_current(item.session) or (was_frozen and item.live):
                continue
            if item.session is not session:
                session = item.session
                self._begin(item)
            try:
                self._handle(item)
                self._board.clear(_SHOWING)
            except Exception as error:
                self._board.report(_SHOWING, error)
            if item.frame is None and self._feeder.is_current(item.session):
                self._board.set(phase=Phase.ENDED)
                if self._shown_by is not self._slow.pipeline:
                    self._read_standing_view()
            self._work.set()

    def _start_pipeline(self) -> None:
        made: Pipeline | None = None
        problem = ""
        try:
            made = self._make_pipeline()
        except CameraOcrError as error:
            problem = str(error)
        except Exception as error:
            what = "The text reader could not be started"
            log.error(what, exc_info=error)
            problem = sentence_about(what, error)
        with self._slow.pipeline_lock:
            if self._slow.pipeline is None:  # unless `use` was called meanwhile
                self._slow.pipeline = made
                self._board.no_reader(problem)

    def _begin(self, first: Captured) -> None:
        """Another source: nothing of the last one counts any more."""
        with self._slow.pipeline_lock:
            self._slow.live = first.live
            self._hold_next = first.session.hold_first
            self._slow.forget_failures()
            if self._slow.pipeline is not None:
                self._slow.pipeline.reset()
        self._board.clear()
        self._board.set(no_text=False)

    def _handle(self, item: Captured) -> None:
        if item.frame is None:
            return
        if self._hold_next:
            self._hold(item)
            return
        try:
            result = self._result_of(item, item.frame)
            self._board.clear(_PICTURE)
        except Exception as error:
            # the view goes on, if without text
            self._board.report(_PICTURE, error)
            result = FrameResult(item.frame, None, ())
        while not self._show(result) and not item.live:
            self._flowing.wait()
        self._meter.shown(item.frame.t_ns if item.live else None)

    def _hold(self, item: Captured) -> None:
        """Let a frame stand: the picture at once, what is on it when that was read."""
        assert item.frame is not None
        self._hold_next = False
        with self._show_lock:
            if not self._feeder.is_current(item.session):
                return
            self._last = FrameResult(item.frame, None, ())
            self._flowing.clear()
        if not self._feeder.is_current(item.session):
            # switched to another just now, which is to flow
            self._flowing.set()
            return
        self._read_standing_view()
        if self._feeder.is_current(item.session) and not self._flowing.is_set():
            self._board.set(frozen=True)

    def _result_of(self, item: Captured, frame: Frame) -> FrameResult:
        self._shown_by = pipeline = self._slow.pipeline
        if pipeline is None:
            return FrameResult(frame, None, ())
        if item.stills and pipeline.reader is not None:
            with self._slow.reader_lock:
                return pipeline.read_still(frame)
        with self._slow.pipeline_lock:
            result = pipeline.step(frame, search=not item.live)
        if item.live:
            return result
        while self._slow.read_one(live=False):
            pass
        with self._slow.pipeline_lock:
            return pipeline.refresh() or result

    def _show(self, result: FrameResult) -> bool:
        """False when the view is frozen."""
        with self._show_lock:
            if not self._flowing.is_set():
                return False
            result = replace(result, dropped=self._meter.since_start(dropped=self._frames.dropped))
            self._last = result
        if self._on_result is not None:
            self._on_result(result)
        return True

    # --- the reader: the slow path ---

    def _read(self) -> None:
        while not self._stopping:
            self._work.wait()
            self._work.clear()
            while self._flowing.is_set() and not self._stopping:
                try:
                    if not self._slow.take_turn():
                        break
                    self._refresh_standing_view()
                except Exception as error:
                    self._board.report(_SHOWING, error)

    def _refresh_standing_view(self) -> None:
        """When no frame will come that would show what was just read, show the last one again."""
        if self._slow.pipeline is None or not self._stands:
            return
        with self._slow.pipeline_lock:
            result = self._slow.pipeline.refresh()
        if result is not None:
            self._show(result)
