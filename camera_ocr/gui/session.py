"""What the window is doing: which source, live or frozen, what went wrong. No widgets here."""

import contextlib
import dataclasses
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt5.QtCore import QObject, QTimer, pyqtSignal

from camera_ocr import engine as core
from camera_ocr.capture.base import CameraInfo, FrameSource, Locks
from camera_ocr.carryover import carry_over
from camera_ocr.editing import EditedPage
from camera_ocr.engine_stats import EngineStats
from camera_ocr.errors import CameraOcrError, ReaderError, SourceError
from camera_ocr.framing import PLAIN, Framing
from camera_ocr.gui.album import Album
from camera_ocr.gui.camera_list import CameraList
from camera_ocr.gui.editor import PageEditor
from camera_ocr.gui.engine_view import PHASES, LiveEngine, Phase, ReaderInfo, Reads, SourceFactory
from camera_ocr.gui.i18n import tr
from camera_ocr.gui.jobs import Jobs
from camera_ocr.gui.opener import Film, Opener
from camera_ocr.gui.reader_switch import ReaderSwitch
from camera_ocr.gui.sentences import said
from camera_ocr.gui.sources import DEMO, FIRST_CAMERA, Choice, choice_for
from camera_ocr.page_memory import PageMemory
from camera_ocr.preprocess.parts import reframe
from camera_ocr.types import U8, Frame, FrameResult, Transcript

log = logging.getLogger(__name__)

PULL_MS = 12
"""How often the newest result is looked for: well below a frame's 33 ms, so that none waits long."""
REST_FRAMES = 10
"""Of a view that rests one frame in so many is painted: painting takes more than all else then."""


class Session(QObject):
    """Keeps one engine, pulls its newest result, and has a page that stands still edited.

    `shown` carries a FrameResult to show, or None when the source was left; `changed` says that phase, source
    or problem are not as before.
    """

    shown = pyqtSignal(object)
    changed = pyqtSignal()
    cameras_found = pyqtSignal(object)
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
        self.opener = Opener(open_source)
        self._reader_info = reader_info
        self._renewal_waits = False
        """The reader has been set otherwise, and the page that stands is to be left first."""
        self._engine: LiveEngine | None = None
        self._engine_state = core.EngineState()
        self.jobs = Jobs(self)
        self._reader = ReaderSwitch(self.jobs, make_pipeline, self)
        self._reader.began.connect(self._switch_began)
        self._reader.done.connect(self._show_as_read_now)
        self._reader.failed.connect(self._switch_failed)
        self.choice = Choice("", "")
        self._sought: int | None = None
        """The frame of the video that was asked for and is not shown yet."""
        self._awaited = 0
        """The switch that brings it."""
        self.browsing = False
        """The frame that stands was looked for in a video; it is one of many."""
        self._album = Album()
        self.phase = Phase.STARTING
        self.problem = ""
        """One sentence about what is wrong; empty when nothing is."""
        self.result: FrameResult | None = None
        """What is shown, corrections included."""
        self._raw: FrameResult | None = None
        self._stale: FrameResult | None = None
        """The engine's newest result when the source was left or the freeze ended: not to be shown."""
        self._told_problem = ""
        self.hold = 0
        """Counts the pictures that were held, to know the reading of one that was left from the next's."""
        self.editor = PageEditor(self.jobs, self._read_crops, self)
        """Has a page while the picture stands still."""
        self.editor.changed.connect(self._page_changed)
        self._memory = PageMemory()
        self.restored = ""
        """What a page from the history is called while one is shown in place of the source, else empty."""
        self._cameras = CameraList(self.jobs, find_cameras, self)
        self._cameras.found.connect(self._cameras_found)
        self._pull = QTimer(self)
        self._pull.setInterval(PULL_MS)
        self._pull.timeout.connect(self.pull)

    def say_again(self) -> None:
        """The language is another: what stands is said in it."""
        if self.choice.spec:
            self.choice = choice_for(self.choice.spec, self.cameras)
        if self.phase in (Phase.LOST, Phase.FAILED) or self.fallback:
            self.problem = said(self._engine_state.message)
        self.changed.emit()

    # what to look at

    def begin(self, spec: str | None, last: str = "") -> None:
        """Open `spec`; without one the `last` that was watched, if it works, or the first camera, or the
        demo."""

        def open_camera() -> FrameSource:
            with contextlib.suppress(SourceError):
                if last:
                    return self.opener.open(last)
            return self.opener.open(FIRST_CAMERA)

        if spec is None:
            self._open(Choice("", ""), open_camera, lambda: self.opener.open(DEMO))
        else:
            self.open(spec)

    def open(self, spec: str) -> None:
        """Leave the present source for `spec`; of a folder the first picture."""
        choice = choice_for(spec, self.cameras)
        self._album = Album.of(choice)
        if self.pages:
            choice = choice_for(str(self.pages[0]))
        self._open(choice, lambda: self.opener.open(choice.spec))

    def open_pages(self, pictures: Sequence[Path]) -> None:
        """Several picture files, to be turned like the pages of a folder; the first is shown."""
        self._album = Album(pictures)
        self.turn_to(self.pages[0])

    def open_picture(self, image: U8) -> None:
        """A picture (H, W, 3) BGR that is no file, as from the clipboard."""
        choice = choice_for(self.opener.paste(image))
        self._album = Album()
        self._open(choice, lambda: self.opener.open(choice.spec))

    def open_again(self) -> None:
        if self.pages:
            self.turn_page(0)
        else:
            self.begin(self.choice.spec or None)

    @property
    def pages(self) -> tuple[Path, ...]:
        """The pictures of a folder, one of which is open."""
        return self._album.pages

    @property
    def page_number(self) -> int:
        """Counts from 1; 0 when no folder is open."""
        return self._album.number(self.choice.spec)

    def turn_page(self, step: int) -> None:
        """To the next (1) or previous (-1) picture of the folder, if there is one; 0 opens this one again."""
        page = self._album.beside(self.choice.spec, step)
        if page is not None:
            self.turn_to(page)

    def turn_to(self, page: Path) -> None:
        """To one of the pages."""
        choice = choice_for(str(page))
        self._open(choice, lambda: self.opener.open(choice.spec))

    # where in a video

    @property
    def film(self) -> Film | None:
        """The video that is shown, with a beginning and an end."""
        return self.opener.film if self.choice.is_video and not self.restored else None

    @property
    def film_position(self) -> int:
        """The frame that is shown, counted from 0."""
        return self._raw.frame.index if self._raw is not None else 0

    def seek(self, frame: int, *, play: bool = False) -> None:
        """Go to a frame of the video and stand there, or `play` on from there."""
        engine = self._engine
        film = self.film
        if engine is None or film is None:
            return
        frame = max(0, min(frame, max(0, film.frames - 1)))
        self._leave_page()
        self._memory.forget_view()
        self.hold += 1
        self._stale = engine.latest()
        self._sought, self.browsing = frame, not play
        spec = self.choice.spec
        self._awaited = engine.switch(lambda: self.opener.open(spec, frame), hold_first=not play)
        self._enter(Phase.LIVE if play else Phase.READING)

    def _find_sought(self) -> None:
        """Show what was sought as soon as it is there."""
        engine = self._engine
        if engine is None:
            return
        state, result = engine.state, engine.latest()
        if state.switch != self._awaited or state.phase is core.Phase.OPENING:
            return
        if result is not None and self._is_news(result, state):
            self._raw, self._stale = result, None
            self._show(result)
        if state.frozen or state.phase is not core.Phase.RUNNING or not self.frozen:
            self._sought = None
            self._engine_state = state
            self._enter(Phase.FROZEN if state.frozen else PHASES[state.phase], said(state.message))

    # how to look at it

    @property
    def can_reframe(self) -> bool:
        return self._raw is not None and not self.restored and self._engine_state.source != ""

    @property
    def framing(self) -> Framing:
        """How the source's picture is turned, and which parts of it are read."""
        return self.opener.framings.get(self._engine_state.source, PLAIN)

    def reframe(self, framing: Framing) -> None:
        """Turn the picture so, and read only these parts, from now on and of the picture that stands.

        What was corrected on that is in the history; the corrections would not fit what is read now.
        """
        source, raw, engine = self._engine_state.source, self._raw, self._engine
        if not self.can_reframe or framing == self.framing or raw is None or engine is None:
            return
        self.opener.framings[source] = framing
        self._leave_page()
        self._memory.forget_page((self.choice.spec, self.reads))
        self._memory.forget_view()
        if self.frozen or self.editable:
            self.hold += 1
            frame = reframe(raw.frame, framing)
            # the picture at once, what is on it when it was read
            self._stale = engine.latest()
            self._raw = FrameResult(frame, None, ())
            self._show(self._raw)
            if self.frozen:
                self._enter(Phase.READING)
            self._reread(engine, frame)
        self.framing_changed.emit(source)
        self.changed.emit()

    def _reread(self, engine: LiveEngine, frame: Frame) -> None:
        """Have another picture read in place of the one that stands."""
        number = self.hold

        def done(result: FrameResult | None) -> None:
            if number == self.hold and result is not None and (self.frozen or self.editable):
                self._raw, self._stale = result, None
                self._enter(Phase.FROZEN if self.frozen else self.phase)
                self._show(result)

        def failed(error: Exception) -> None:
            log.error("reading the turned picture failed", exc_info=error)
            if number == self.hold and self.frozen:
                self._enter(Phase.FROZEN, tr("This picture could not be read: {error}", error=said(error)))

        self.jobs.run(lambda: engine.show_instead(frame), done, failed)

    def look_for_cameras(self) -> None:
        """Ask which cameras there are; while one is waited for, one that appears is opened."""
        self._cameras.look()

    def _cameras_found(self, cameras: tuple[CameraInfo, ...], before: tuple[CameraInfo, ...] | None) -> None:
        self.cameras_found.emit(cameras)
        if before is None:
            # what the window says depends on whether there is one
            self.changed.emit()
        elif self._waits_for_camera and set(cameras) - set(before):
            self.open_again()

    @property
    def cameras(self) -> tuple[CameraInfo, ...]:
        """As last looked for."""
        return self._cameras.known

    @property
    def locks(self) -> Locks | None:
        """Exposure and focus of the camera that runs; None when no camera does, or it has no such thing."""
        runs = self.phase in (Phase.LIVE, Phase.READING, Phase.FROZEN)
        return self.opener.live.locks if runs and self.opener.live is not None else None

    @property
    def device(self) -> str:
        """The V4L2 device of the camera that runs, such as /dev/video0; empty when it is none."""
        spec = self.choice.spec
        if spec.isdecimal():
            return f"/dev/video{int(spec)}"
        if spec in ("", FIRST_CAMERA):
            spec = self._cameras.device_named(self._engine_state.source)
        return spec if spec.startswith("/dev/") else ""

    @property
    def _waits_for_camera(self) -> bool:
        return self.fallback or (self.phase is Phase.FAILED and self.choice.is_camera)

    @property
    def fallback(self) -> bool:
        """The demo plays because no camera works, not because it was asked for."""
        return self._engine_state.fallback

    @property
    def shown_choice(self) -> Choice:
        """What is looked at, by the name and the device that are known by now."""
        if self.fallback:
            return choice_for(DEMO)
        return Choice(self.device or self.choice.spec, self.choice.title or self._engine_state.source)

    @property
    def title(self) -> str:
        """Of what is shown, for people."""
        if self.restored:
            return self.restored
        return self.shown_choice.title

    def close(self) -> None:
        """Stop everything; returns when no thread and no camera is left."""
        self._pull.stop()
        self._cameras.rest()
        self.editor.close()
        if self._engine is not None:
            self._engine.stop()
            self._engine = None
        self.jobs.close()

    def _open(self, choice: Choice, factory: SourceFactory, fallback: SourceFactory | None = None) -> None:
        self._leave_page()
        self._sought, self.browsing = None, False
        self.choice = choice
        self._memory.forget_view()
        self._cameras.rest()
        if self._engine is None:
            self._engine = self._make_engine(factory, fallback)
            self._reader.attach(self._engine)
            self._engine.start()
        else:
            self._engine.switch(factory, fallback=fallback)
        self._stale = self._engine.latest()
        self._engine_state = core.EngineState()
        self._raw = self.result = None
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
        self._renewal_waits = stands and bool(later or self.editor.edited or self.restored)
        if not self._renewal_waits:
            self._leave_page()
            self._memory.forget_unedited()
            self._read_otherwise(self.reads)

    def _read_otherwise(self, reads: Reads) -> None:
        self._memory.forget_view()
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
        self._memory.forget_view()
        phase = Phase.FROZEN if self.frozen else self.phase
        self._enter(phase, tr("This cannot be read: {error}", error=said(error)))

    def _show_as_read_now(self, before: FrameResult | None) -> None:
        """`before`: the engine's newest result when it was told to read otherwise."""
        self._raw, self._stale = None, before
        if self.frozen and self._engine is not None:
            self._raw = self._engine.latest()
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
        wanted = result is not None and (whatever_it_shows or not self._looks_alike(result, state))
        if result is not None and wanted and self._is_news(result, state):
            self._raw, self._stale = result, None
            if self.editable and not self.editor.edited:
                # the last frame of a recording goes on being read; what a person did stays
                self._stand(result)
            self._show(result)
        # the engine's one message may be about the camera while it is the reader that fails
        if state != self._engine_state or self.reader_problem != self._told_problem:
            self._engine_state, self._told_problem = state, self.reader_problem
            self._enter(PHASES[state.phase], said(state.message))
            if self._waits_for_camera:
                self._cameras.watch()

    def _is_news(self, result: FrameResult, state: core.EngineState) -> bool:
        # a picture of the source that was just left may still be under way
        of_this_source = result.frame.source == state.source
        return of_this_source and result is not self._raw and result is not self._stale

    def _looks_alike(self, result: FrameResult, state: core.EngineState) -> bool:
        shown = self._raw
        if shown is None or not result.resting or result.lines is not shown.lines:
            return False
        if state.phase is not core.Phase.RUNNING:
            # the last one there is
            return False
        return 0 <= result.frame.index - shown.frame.index < REST_FRAMES

    # frozen

    @property
    def frozen(self) -> bool:
        return self.phase in (Phase.READING, Phase.FROZEN)

    @property
    def can_freeze(self) -> bool:
        """A picture file stands anyway, and is read at full quality."""
        return self._raw is not None and (not self.choice.is_picture or self.frozen)

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
        number = self.hold
        self._enter(Phase.READING)

        def is_awaited() -> bool:
            return self.phase is Phase.READING and number == self.hold

        def done(result: FrameResult) -> None:
            if is_awaited():
                self._raw = carry_over(result, self._raw) if self._raw is not None else result
                self._enter(Phase.FROZEN)
            elif not self.frozen:
                # gone live before the engine was asked to freeze: it is told again
                if engine.latest() is result:
                    self._stale = result
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

        self.jobs.run(engine.freeze, done, failed)

    def restore(self, result: FrameResult, page: EditedPage, title: str) -> None:
        """Show a page from the history, held, in place of the source; `title`: what it is called."""
        self._leave_page()
        # a reading under way is of a picture that is not shown any more
        self.hold += 1
        self._raw, self.restored = result, title
        self.editor.begin(page, result.frame.image)
        self._show(result)
        self._enter(Phase.FROZEN)

    def thaw(self) -> None:
        """Go on live; corrections stay with their lines while these are followed and show the same ink."""
        self.browsing = False
        if self._sought is not None and self.frozen:
            # not there yet, so there is nothing to go on from
            self.seek(self._sought, play=True)
        elif self.frozen:
            restored = bool(self.restored)
            self._leave_page()
            if restored:
                # what was behind it is shown again, though it may not be new
                self._raw = self._stale = self.result = None
                self.shown.emit(None)
            elif self._engine is not None:
                self._stale = self._engine.latest()
            if self._engine is not None:
                self._engine.resume()
            self._enter(PHASES[self._engine_state.phase], said(self._engine_state.message))

    # text

    @property
    def corrected_ids(self) -> frozenset[int]:
        """Lines that say what a person said."""
        page = self.editor.page
        return page.by_hand if page is not None else self._memory.corrected_ids

    def _stand(self, result: FrameResult) -> None:
        """Let the lines of a picture that stands still be edited."""
        self.editor.begin(self._memory.page_for(result, self._page_key), result.frame.image)

    @property
    def _page_key(self) -> tuple[str, Reads] | None:
        """Of a picture file, and what was read of it."""
        return (self.choice.spec, self.reads) if self.choice.is_picture else None

    def _leave_page(self) -> None:
        self.editor.finish()
        page, raw = self.editor.page, self._raw
        if page is None or raw is None:
            return
        if self.restored:
            self.restored = ""
        else:
            self._memory.leave(page, raw.lines, self._page_key)
        self.editor.leave()
        if self._renewal_waits:
            QTimer.singleShot(0, self.renew_reader)

    def _page_changed(self) -> None:
        if self._raw is not None:
            self._show(self._raw)

    def _read_crops(self, crops: Sequence[U8]) -> list[Transcript]:
        """In any thread but the window's."""
        if self._engine is None:
            raise ReaderError(tr("Nothing is open that could be read."))
        return self._engine.read_crops(crops)

    @property
    def reader_problem(self) -> str:
        """Why no text will come, whatever the source; empty when it will."""
        return said(self._reader_info.problem)

    @property
    def runtime(self) -> str:
        """What the models run on, with its version."""
        return self._reader_info.runtime

    @property
    def models(self) -> tuple[str, ...]:
        return self._reader_info.models

    @property
    def stats(self) -> EngineStats | None:
        """While live, or a video plays."""
        live = self._engine is not None and self.phase is Phase.LIVE
        return self._engine.stats() if self._engine is not None and live else None

    def _show(self, result: FrameResult) -> None:
        page = self.editor.page
        if page is not None:
            self.result = dataclasses.replace(result, lines=page.lines)
        else:
            self.result = self._memory.lay_over(result)
        self.shown.emit(self.result)

    def _enter(self, phase: Phase, problem: str = "") -> None:
        self.phase, self.problem = phase, problem
        if not self.editable:
            self._leave_page()
        elif self._raw is not None and self.editor.page is None:
            self._stand(self._raw)
            self._show(self._raw)
        self.changed.emit()
