"""What the window is doing: which source, live or frozen, what went wrong. No widgets here."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt5.QtCore import QObject, QTimer, pyqtSignal

from camera_ocr import engine as core
from camera_ocr.capture.base import CameraInfo, FrameSource, Locks
from camera_ocr.carryover import carry_over
from camera_ocr.editing import EditedPage
from camera_ocr.engine_stats import EngineStats
from camera_ocr.errors import CameraOcrError, ReaderError
from camera_ocr.framing import Framing
from camera_ocr.gui.camera_list import CameraList
from camera_ocr.gui.engine_view import PHASES, LiveEngine, Phase, ReaderInfo, Reads, SourceFactory
from camera_ocr.gui.i18n import tr
from camera_ocr.gui.jobs import Jobs
from camera_ocr.gui.newest import Newest
from camera_ocr.gui.opener import Film
from camera_ocr.gui.reader_switch import ReaderSwitch
from camera_ocr.gui.sentences import said
from camera_ocr.gui.standing_page import StandingPage
from camera_ocr.gui.watched import Watched
from camera_ocr.page_memory import Key
from camera_ocr.preprocess.parts import reframe
from camera_ocr.types import U8, Frame, FrameResult, Transcript

log = logging.getLogger(__name__)

PULL_MS = 12
"""How often the newest result is looked for: well below a frame's 33 ms, so that none waits long."""


class Session(QObject):
    """Keeps one engine, pulls its newest result, and has a page that stands still edited.

    `shown` carries a FrameResult to show, or None when the source was left; `changed` says that phase, source
    or problem are not as before.
    """

    shown = pyqtSignal(object)
    changed = pyqtSignal()
    framing_changed = pyqtSignal(str)
    """Carries the name of the source whose picture is turned or cut otherwise than before."""

    def __init__(
        self,
        make_engine: Callable[[SourceFactory, SourceFactory | None], LiveEngine],
        open_source: Callable[[str], FrameSource],
        find_cameras: Callable[[], Sequence[CameraInfo]],
        reader_info: ReaderInfo,
        make_pipeline: Callable[[Reads], core.Pipeline],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_engine = make_engine
        self.reader_info = reader_info
        self._renewal_waits = False
        """The reader has been set otherwise, and the page that stands is to be left first."""
        self._engine: LiveEngine | None = None
        self.jobs = Jobs(self)
        self.cameras = CameraList(self.jobs, find_cameras, self)
        self.cameras.found.connect(self._cameras_found)
        self.watched = Watched(open_source, self.cameras)
        self._reader = ReaderSwitch(self.jobs, make_pipeline, self)
        self._reader.began.connect(self._switch_began)
        self._reader.done.connect(self._show_as_read_now)
        self._reader.failed.connect(self._switch_failed)
        self._sought: int | None = None
        """The frame of the video that was asked for and is not shown yet."""
        self._awaited = 0
        """The switch that brings it."""
        self.browsing = False
        """The frame that stands was looked for in a video; it is one of many."""
        self.phase = Phase.STARTING
        self.problem = ""
        """One sentence about what is wrong; empty when nothing is."""
        self.result: FrameResult | None = None
        """What is shown, corrections included."""
        self._newest = Newest()
        self._told_problem = ""
        self.hold = 0
        """Counts the pictures that were held, to know the reading of one that was left from the next's."""
        self.standing = StandingPage(self.jobs, self._read_crops, self)
        self.editor = self.standing.editor
        """Has a page while the picture stands still."""
        self.editor.changed.connect(self._page_changed)
        self._pull = QTimer(self)
        self._pull.setInterval(PULL_MS)
        self._pull.timeout.connect(self.pull)

    def say_again(self) -> None:
        """The language is another: what stands is said in it."""
        self.watched.call_again()
        if self.phase in (Phase.LOST, Phase.FAILED) or self.watched.fallback:
            self.problem = said(self.watched.state.message)
        self.changed.emit()

    # what to look at

    def begin(self, spec: str | None, last: str = "") -> None:
        """Open `spec`; without one the `last` that was watched, if it works, or the first camera, or the
        demo."""
        if spec is None:
            self._open(lambda: self.watched.choose_first(last), self.watched.demo)
        else:
            self.open(spec)

    def open(self, spec: str) -> None:
        """Leave the present source for `spec`; of a folder the first picture."""
        self._open(lambda: self.watched.choose(spec))

    def open_pages(self, pictures: Sequence[Path]) -> None:
        """Several picture files, to be turned like the pages of a folder; the first is shown."""
        self._open(lambda: self.watched.choose_pages(pictures))

    def open_picture(self, image: U8) -> None:
        """A picture (H, W, 3) BGR that is no file, as from the clipboard."""
        self._open(lambda: self.watched.choose_picture(image))

    def open_again(self) -> None:
        if self.watched.pages:
            self.turn_page(0)
        else:
            self.begin(self.watched.choice.spec or None)

    def turn_page(self, step: int) -> None:
        """To the next (1) or previous (-1) picture of the folder, if there is one; 0 opens this one again."""
        page = self.watched.page_beside(step)
        if page is not None:
            self._open(lambda: self.watched.choose_page(page))

    # where in a video

    @property
    def film(self) -> Film | None:
        """The video that is shown, with a beginning and an end."""
        return self.watched.film if not self.standing.restored else None

    @property
    def film_position(self) -> int:
        """The frame that is shown, counted from 0."""
        shown = self._newest.shown
        return shown.frame.index if shown is not None else 0

    def seek(self, frame: int, *, play: bool = False) -> None:
        """Go to a frame of the video and stand there, or `play` on from there."""
        engine = self._engine
        film = self.film
        if engine is None or film is None:
            return
        frame = max(0, min(frame, max(0, film.frames - 1)))
        self._leave_page()
        self.standing.memory.forget_view()
        self.hold += 1
        self._newest.let_go(engine.latest())
        self._sought, self.browsing = frame, not play
        self._awaited = engine.switch(self.watched.beginning_at(frame), hold_first=not play)
        self._enter(Phase.LIVE if play else Phase.READING)

    def _find_sought(self) -> None:
        """Show what was sought as soon as it is there."""
        engine = self._engine
        if engine is None:
            return
        state, result = engine.state, engine.latest()
        if state.switch != self._awaited or state.phase is core.Phase.OPENING:
            return
        if result is not None and self._newest.is_news(result, state):
            self._newest.show(result)
            self._show(result)
        if state.frozen or state.phase is not core.Phase.RUNNING or not self.frozen:
            self._sought = None
            self.watched.state = state
            self._enter(Phase.FROZEN if state.frozen else PHASES[state.phase], said(state.message))

    # how to look at it

    @property
    def can_reframe(self) -> bool:
        source = self.watched.state.source
        return self._newest.shown is not None and not self.standing.restored and source != ""

    def reframe(self, framing: Framing) -> None:
        """Turn the picture so, and read only these parts, from now on and of the picture that stands.

        What was corrected on that is in the history; the corrections would not fit what is read now.
        """
        watched, shown, engine = self.watched, self._newest.shown, self._engine
        if not self.can_reframe or framing == watched.framing or shown is None or engine is None:
            return
        watched.opener.framings[watched.state.source] = framing
        self._leave_page()
        self.standing.memory.forget_file(watched.choice.spec)
        self.standing.memory.forget_view()
        if self.frozen or self.editable:
            self.hold += 1
            frame = reframe(shown.frame, framing)
            # the picture at once, what is on it when it was read
            unread = FrameResult(frame, None, ())
            self._newest.show(unread)
            self._newest.let_go(engine.latest())
            self._show(unread)
            if self.frozen:
                self._enter(Phase.READING)
            self._reread(engine, frame)
        self.framing_changed.emit(watched.state.source)
        self.changed.emit()

    def _reread(self, engine: LiveEngine, frame: Frame) -> None:
        """Have another picture read in place of the one that stands."""
        number = self.hold

        def done(result: FrameResult | None) -> None:
            if number == self.hold and result is not None and (self.frozen or self.editable):
                self._newest.show(result)
                self._enter(Phase.FROZEN if self.frozen else self.phase)
                self._show(result)

        def failed(error: Exception) -> None:
            log.error("reading the turned picture failed", exc_info=error)
            if number == self.hold and self.frozen:
                self._enter(Phase.FROZEN, tr("This picture could not be read: {error}", error=said(error)))

        self.jobs.run(lambda: engine.show_instead(frame), done, failed)

    # what there is to look at

    def _cameras_found(self, cameras: tuple[CameraInfo, ...], before: tuple[CameraInfo, ...] | None) -> None:
        if before is None:
            # what the window says depends on whether there is one
            self.changed.emit()
        elif self._waits_for_camera and set(cameras) - set(before):
            self.open_again()

    @property
    def _waits_for_camera(self) -> bool:
        watched = self.watched
        return watched.fallback or (self.phase is Phase.FAILED and watched.choice.is_camera)

    @property
    def locks(self) -> Locks | None:
        """Exposure and focus of the camera that runs; None when no camera does, or it has no such thing."""
        runs = self.phase in (Phase.LIVE, Phase.READING, Phase.FROZEN)
        live = self.watched.opener.live
        return live.locks if runs and live is not None else None

    @property
    def title(self) -> str:
        """Of what is shown, for people."""
        return self.standing.restored or self.watched.shown.title

    def close(self) -> None:
        """Stop everything; returns when no thread and no camera is left."""
        self._pull.stop()
        self.cameras.rest()
        self.editor.close()
        if self._engine is not None:
            self._engine.stop()
            self._engine = None
        self.jobs.close()

    def _open(self, choose: Callable[[], SourceFactory], fallback: SourceFactory | None = None) -> None:
        self._leave_page()
        self._sought, self.browsing = None, False
        factory = choose()
        self.standing.memory.forget_view()
        self.cameras.rest()
        if self._engine is None:
            self._engine = self._make_engine(factory, fallback)
            self._reader.attach(self._engine)
            self._engine.start()
        else:
            self._engine.switch(factory, fallback=fallback)
        self._newest.clear(self._engine.latest())
        self.watched.state = core.EngineState()
        self.result = None
        self.shown.emit(None)
        self._enter(Phase.STARTING)
        self._pull.start()

    # what to read

    @property
    def reads(self) -> Reads:
        """What is wanted; the engine follows."""
        return self._reader.reads

    def read_as(self, reads: Reads) -> None:
        """Text or digits from now on, and on the picture that is shown if it stands."""
        if reads is self.reads:
            return
        self._leave_page()
        self._read_otherwise(reads)

    def renew_reader(self, *, later: bool = False) -> None:
        """The reader has been set otherwise: from now on it reads so, also the picture that is shown if it
        stands, unless a person has put that right, or it is to be read so `later` only."""
        stands = self.editor.page is not None
        self._renewal_waits = self.standing.is_put_right or (later and stands)
        if not self._renewal_waits:
            self._leave_page()
            self._read_otherwise(self.reads)

    def _read_otherwise(self, reads: Reads) -> None:
        self.standing.memory.forget_view()
        self._reader.want(reads)
        self.changed.emit()

    def _switch_began(self) -> None:
        if self.frozen:
            # a reading under way is of what was wanted before
            self.hold += 1
            self._enter(Phase.READING)

    def _switch_failed(self, error: Exception) -> None:
        if not isinstance(error, CameraOcrError):
            log.error("changing what is read failed", exc_info=error)
        self.standing.memory.forget_view()
        phase = Phase.FROZEN if self.frozen else self.phase
        self._enter(phase, tr("This cannot be read: {error}", error=said(error)))

    def _show_as_read_now(self, before: FrameResult | None) -> None:
        """`before`: the engine's newest result when it was told to read otherwise."""
        self._newest.clear(before)
        if self.frozen and self._engine is not None:
            read = self._engine.latest()
            if read is not None:
                self._newest.show(read)
            self._enter(Phase.FROZEN)
        else:
            # models and runtime are others
            self.changed.emit()

    # live

    def pull(self, *, whatever_it_shows: bool = False) -> None:
        """Take the newest result and the engine's state; called by the timer.

        A result that looks like the one that is shown is let go now and then, unless `whatever_it_shows`.
        """
        if self._sought is not None:
            self._find_sought()
        if self._engine is None or self.frozen or self._sought is not None:
            return
        state = self._engine.state
        result = self._engine.latest()
        wanted = result is not None and (whatever_it_shows or not self._newest.looks_alike(result, state))
        if result is not None and wanted and self._newest.is_news(result, state):
            self._newest.show(result)
            if self.editable and not self.editor.edited:
                # the last frame of a recording goes on being read; what a person did stays
                self._stand(result)
            self._show(result)
        # the engine's one message may be about the camera while it is the reader that fails
        if state != self.watched.state or self.reader_problem != self._told_problem:
            self.watched.state, self._told_problem = state, self.reader_problem
            self._enter(PHASES[state.phase], said(state.message))
            if self._waits_for_camera:
                self.cameras.watch()

    # frozen

    @property
    def frozen(self) -> bool:
        return self.phase in (Phase.READING, Phase.FROZEN)

    @property
    def can_freeze(self) -> bool:
        """A picture file stands anyway, and is read at full quality."""
        shown = self._newest.shown
        return shown is not None and (not self.watched.choice.is_picture or self.frozen)

    @property
    def editable(self) -> bool:
        """The text stands still, so it can be corrected."""
        return self.phase in (Phase.FROZEN, Phase.ENDED)

    def toggle_frozen(self) -> None:
        if self.frozen:
            self.thaw()
        else:
            self.freeze()

    def freeze(self) -> None:
        """Hold the picture and read every line of it at full quality, beside the window's thread."""
        engine = self._engine
        if engine is None or not self.can_freeze or self.frozen:
            return
        # the very picture that the engine will hold, which may be newer than the one that is shown
        self.pull(whatever_it_shows=True)
        self._sought, self.browsing = None, False
        self.hold += 1
        number, live = self.hold, self._newest.shown
        self._enter(Phase.READING)

        def read() -> tuple[FrameResult, FrameResult]:
            result = engine.freeze()
            return result, carry_over(result, live) if live is not None else result

        def is_awaited() -> bool:
            return self.phase is Phase.READING and number == self.hold

        def done(both: tuple[FrameResult, FrameResult]) -> None:
            result, known = both
            if is_awaited():
                self._newest.show(known)
                self._enter(Phase.FROZEN)
            elif not self.frozen:
                # gone live before the engine was asked to freeze: it is told again
                if engine.latest() is result:
                    self._newest.let_go(result)
                engine.resume()

        def failed(error: Exception) -> None:
            if not isinstance(error, CameraOcrError):
                log.error("freezing failed", exc_info=error)
            if is_awaited():
                # The picture and what was read so far stay held; only the better reading is missing.
                self._enter(
                    Phase.FROZEN,
                    tr("This picture could not be read at full quality: {error}", error=said(error)),
                )

        self.jobs.run(read, done, failed)

    def restore(self, result: FrameResult, page: EditedPage, title: str) -> None:
        """Show a page from the history, held, in place of the source; `title`: what it is called."""
        self._leave_page()
        # a reading under way is of a picture that is not shown any more
        self.hold += 1
        self._newest.show(result)
        self.standing.restore(page, result.frame.image, title)
        self._show(result)
        self._enter(Phase.FROZEN)

    def thaw(self) -> None:
        """Go on live; corrections stay with their lines while these are followed and show the same ink."""
        self.browsing = False
        if self._sought is not None and self.frozen:
            # not there yet, so there is nothing to go on from
            self.seek(self._sought, play=True)
        elif self.frozen:
            restored = bool(self.standing.restored)
            self._leave_page()
            if restored:
                # what was behind it is shown again, though it may not be new
                self._newest.clear()
                self.result = None
                self.shown.emit(None)
            elif self._engine is not None:
                self._newest.let_go(self._engine.latest())
            if self._engine is not None:
                self._engine.resume()
            self._enter(PHASES[self.watched.state.phase], said(self.watched.state.message))

    # text

    @property
    def corrected_ids(self) -> frozenset[int]:
        """Lines that say what a person said."""
        return self.standing.corrected_ids

    def _stand(self, result: FrameResult) -> None:
        """Let the lines of a picture that stands still be edited."""
        self.standing.begin(result, self._page_key)

    @property
    def _page_key(self) -> Key | None:
        """Of a picture file or a video's frame, and what was read of it."""
        choice = self.watched.choice
        if choice.is_picture:
            return choice.spec, self.reads
        return (choice.spec, self.reads, self.film_position) if self.film is not None else None

    def _leave_page(self) -> None:
        if self.standing.leave(self._newest.shown, self._page_key) and self._renewal_waits:
            QTimer.singleShot(0, self.renew_reader)

    def _page_changed(self) -> None:
        if self._newest.shown is not None:
            self._show(self._newest.shown)

    def _read_crops(self, crops: Sequence[U8]) -> list[Transcript]:
        """In any thread but the window's."""
        if self._engine is None:
            raise ReaderError(tr("Nothing is open that could be read."))
        return self._engine.read_crops(crops)

    @property
    def reader_problem(self) -> str:
        """Why no text will come, whatever the source; empty when it will."""
        return said(self.reader_info.problem)

    @property
    def stats(self) -> EngineStats | None:
        """While live, or a video plays."""
        live = self._engine is not None and self.phase is Phase.LIVE
        return self._engine.stats() if self._engine is not None and live else None

    def _show(self, result: FrameResult) -> None:
        self.result = self.standing.lay_over(result)
        self.shown.emit(self.result)

    def _enter(self, phase: Phase, problem: str = "") -> None:
        self.phase, self.problem = phase, problem
        if not self.editable:
            self._leave_page()
        elif self._newest.shown is not None and self.editor.page is None:
            self._stand(self._newest.shown)
            self._show(self._newest.shown)
        self.changed.emit()
