"""Opens the window, with the real engine behind it."""

import signal
import sys
from types import FrameType
from typing import TYPE_CHECKING

from PyQt5.QtCore import QTimer

from camera_ocr.capture import list_cameras, open_source
from camera_ocr.capture.base import FrameSource
from camera_ocr.config import Config
from camera_ocr.engine import Engine
from camera_ocr.errors import CameraOcrError
from camera_ocr.gui.application import make_application, make_hook
from camera_ocr.gui.camera_modes import MODES, mode_for
from camera_ocr.gui.canvas import CanvasPanel
from camera_ocr.gui.engine_view import ReaderInfo, Reads, SourceFactory
from camera_ocr.gui.framings import RememberedFramings
from camera_ocr.gui.i18n import translate
from camera_ocr.gui.keeper import HistoryKeeper
from camera_ocr.gui.look import INTERFACE, Look, speak_as_set
from camera_ocr.gui.reading import LANGUAGE, MODEL, READER_KEYS, SURFACE, Surface, reader_config
from camera_ocr.gui.remembered import SOURCE, Remembered
from camera_ocr.gui.session import Session
from camera_ocr.gui.settings import Settings, default_settings_path
from camera_ocr.gui.spelling import Spelling, known_words
from camera_ocr.gui.theme import Theme
from camera_ocr.gui.window import MainWindow
from camera_ocr.history import default_history_path, open_history
from camera_ocr.own_words import listed_words

if TYPE_CHECKING:
    from camera_ocr.pipeline import Pipeline
    from camera_ocr.recognition.digit_reader import DigitReader
    from camera_ocr.recognition.line_reader import LineReader

PYTHON_TURN_MS = 200
"""Python sees Ctrl-C only while it runs; Qt's loop would sleep through it."""


def run(config: Config) -> int:
    """Open the window and stay until it is closed; returns the exit status.

    Errors of sources and models are told in the window, which stays open.
    """
    app = make_application()
    settings = Settings(default_settings_path())
    translate(app, settings.get(INTERFACE))
    settings.changed.connect(speak_as_set(app, settings))
    look = Look(app, settings)
    look.follow_desktop()
    window = make_window(config, look.theme, settings)
    look.changed.connect(window.set_theme)
    old_hook, sys.excepthook = sys.excepthook, make_hook(window)

    def interrupted(_signal: int, _frame: FrameType | None) -> None:
        window.close()

    old_handlers = {number: signal.signal(number, interrupted) for number in (signal.SIGINT, signal.SIGTERM)}
    turn = QTimer()
    turn.timeout.connect(lambda: None)
    turn.start(PYTHON_TURN_MS)
    try:
        window.show()
        window.session.begin(config.source.spec, settings.get(SOURCE))
        window.keeper.begin()
        return int(app.exec())
    finally:
        turn.stop()
        window.close()
        for number, handler in old_handlers.items():
            signal.signal(number, handler)
        sys.excepthook = old_hook


def make_window(config: Config, theme: Theme, settings: Settings) -> MainWindow:
    """The window with the real engine behind it; no source is open yet."""
    given = {MODEL.key: config.reader.model, LANGUAGE.key: config.reader.language}
    settings.fixed = frozenset(key for key, value in given.items() if value is not None)
    reader_info = ReaderInfo()

    def make_reader() -> "LineReader":
        # Imported late, in another thread: this takes longer than all of Qt, the window need not wait.
        from camera_ocr.recognition.line_reader import LineReader

        chosen = reader_config(config.reader, settings)
        language = chosen.language or "auto"
        own = (*known_words(), *listed_words(chosen.words))
        return LineReader(chosen.model, chosen.runtime, chosen.threads, language, own)

    def make_digits() -> "DigitReader":
        from camera_ocr.recognition.digit_reader import DigitReader

        return DigitReader(None, config.reader.runtime, config.reader.threads)

    def make_pipeline(reads: Reads) -> "Pipeline":
        from camera_ocr.detection.text_map import choose_judge
        from camera_ocr.digit_page import DigitPipeline
        from camera_ocr.pipeline import Pipeline
        from camera_ocr.pipeline_config import PipelineConfig

        pipeline: Pipeline
        reader: LineReader | DigitReader
        if reads is Reads.DIGITS:
            reader = make_digits()
            pipeline = DigitPipeline(reader)
        else:
            reader = make_reader()
            desk = settings.get(SURFACE) is Surface.PAPER
            surface = PipelineConfig(desk=desk, look_again=config.reader.look_again)
            pipeline = Pipeline(reader, surface, choose_judge(config))
        if reads is session.reads:  # and not another asked for meanwhile
            reader_info.models = (reader.model_name,)
            reader_info.runtime = reader.runtime_name
            reader_info.problem = ""
        return pipeline

    def make_first_pipeline() -> "Pipeline":
        reads = session.reads
        try:
            return make_pipeline(reads)
        except CameraOcrError as error:
            if reads is session.reads:
                reader_info.problem = str(error)
            raise

    def open_spec(spec: str) -> FrameSource:
        chosen = config.source
        asked = settings.get(MODES)
        # looking for cameras takes a moment, so only where something was chosen for one
        mode = mode_for(spec, asked, list_cameras()) if asked != MODES.default else None
        if mode is not None:
            return open_source(spec, size=(mode.width, mode.height), fps=mode.fps or chosen.fps)
        return open_source(spec, size=(chosen.width, chosen.height), fps=chosen.fps)

    def make_engine(factory: SourceFactory, fallback: SourceFactory | None) -> Engine:
        return Engine(factory, make_first_pipeline, fallback=fallback)

    def make_canvas() -> CanvasPanel:
        return CanvasPanel(make_digits, make_reader, session.jobs, theme)

    session = Session(make_engine, open_spec, list_cameras, reader_info, make_pipeline)
    keeper = HistoryKeeper(session, lambda: open_history(default_history_path()), settings)
    spelling = Spelling(
        settings,
        session.jobs,
        lambda: reader_config(config.reader, settings).language or "auto",
        lambda: listed_words(config.reader.words),
    )
    window = MainWindow(session, theme, keeper, settings, spelling, make_canvas)
    Remembered(window, settings)
    RememberedFramings(session, settings)

    def reader_set(key: str) -> None:
        if key in READER_KEYS:
            session.renew_reader()
            if window.canvas is not None:
                window.canvas.renew_readers()

    def own_words_changed() -> None:
        session.renew_reader(later=True)
        if window.canvas is not None:
            window.canvas.renew_readers()

    settings.changed.connect(reader_set)
    spelling.own_changed.connect(own_words_changed)
    return window
