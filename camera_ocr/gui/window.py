"""The window: puts the parts together and lets keys, menus and buttons act on the session."""

from collections.abc import Callable

from PyQt5.QtCore import Qt, QTimer, pyqtSignal
from PyQt5.QtGui import QCloseEvent
from PyQt5.QtWidgets import QAction, QSplitter, QVBoxLayout, QWidget

from camera_ocr.gui import canvas_icons, icons
from camera_ocr.gui.actions import make_bar_action
from camera_ocr.gui.announcements import Announcements
from camera_ocr.gui.arrivals import Arrivals
from camera_ocr.gui.banner import Banner
from camera_ocr.gui.camera_modes import CameraModes
from camera_ocr.gui.canvas import CanvasPanel
from camera_ocr.gui.edit_actions import EditActions
from camera_ocr.gui.engine_view import Phase
from camera_ocr.gui.framing_actions import FramingActions
from camera_ocr.gui.history_view import HistoryDialog
from camera_ocr.gui.hotplug import HotPlug
from camera_ocr.gui.hud import Hud
from camera_ocr.gui.i18n import mark, speak, tr
from camera_ocr.gui.keeper import HistoryKeeper
from camera_ocr.gui.line_keeper import LineKeeper
from camera_ocr.gui.lock_actions import LockActions
from camera_ocr.gui.messages import figures, panel_hint, state_word
from camera_ocr.gui.panel import LinesPanel
from camera_ocr.gui.performance import OPEN, Course, PerformanceGraph
from camera_ocr.gui.picture_actions import PictureActions
from camera_ocr.gui.reading_actions import ReadingActions
from camera_ocr.gui.session import Session
from camera_ocr.gui.settings import Settings
from camera_ocr.gui.settings_dialog import SettingsDialog
from camera_ocr.gui.shortcuts import ShortcutSheet
from camera_ocr.gui.source_button import SourceButton
from camera_ocr.gui.spelling import Spelling
from camera_ocr.gui.status import StatusLine
from camera_ocr.gui.taking_away import TakeAwayActions
from camera_ocr.gui.theme import Theme
from camera_ocr.gui.top_bar import Entry, TopBar
from camera_ocr.gui.transport import Transport
from camera_ocr.gui.view import PictureView
from camera_ocr.types import FrameResult

FIGURES_MS = 500


class MainWindow(QWidget):
    """Picture at the left, lines at the right; owns `session` and closes it.

    `make_canvas` makes the canvas that is shown instead while one draws; without it there is none.
    """

    closing = pyqtSignal()

    def __init__(
        self,
        session: Session,
        theme: Theme,
        keeper: HistoryKeeper,
        settings: Settings,
        spelling: Spelling,
        make_canvas: Callable[[], CanvasPanel] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.canvas: CanvasPanel | None = None
        self._icons: list[tuple[QAction, icons.Draw]] = []
        self._make_canvas = make_canvas
        self.keeper = keeper
        self.settings = settings
        session.setParent(self)
        keeper.setParent(self)
        settings.setParent(self)
        spelling.setParent(self)
        self.spelling = spelling
        self.lines = LineKeeper(session.editor, settings, self)
        self.setWindowTitle("Camera OCR")
        self.resize(1280, 800)
        self.setMinimumSize(640, 400)
        self.source = SourceButton(self)
        self.banner = Banner(self)
        self.view = PictureView(theme, self)
        self.panel = LinesPanel(theme, spelling, self)
        self.transport = Transport(session, theme, self)
        self._course = Course(FIGURES_MS)
        self.performance = PerformanceGraph(self._course, theme, self)
        self.performance.setVisible(settings.get(OPEN))
        self.status = StatusLine(self)
        self.taking = TakeAwayActions(session, self.panel, settings, theme, self)
        self.history = HistoryDialog(keeper, theme, self)
        self.settings_dialog: SettingsDialog | None = None
        """Made when it is first asked for."""
        self._make_actions()
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        # after all that it is made of
        speak(self, session.say_again)

    def set_theme(self, theme: Theme) -> None:
        """Icons and what is painted by hand; apply_theme does the rest."""
        self.theme = theme
        self.setWindowIcon(icons.icon(icons.text, theme.accent, theme.disabled))
        self.source.setIcon(icons.icon(icons.camera, theme.muted, theme.disabled))
        for action, draw in self._icons:
            action.setIcon(icons.icon(draw, theme.text, theme.disabled))
        parts = (self.view, self.panel, self.history, self.edits, self.taking.export)
        for part in (*parts, self.transport, self.performance):
            part.set_theme(theme)
        if self.canvas is not None:
            self.canvas.set_theme(theme)
        self._session_changed()

    def _make_actions(self) -> None:
        def action(text: str, keys: str, act: Callable[[], None], does: str = "") -> QAction:
            made = make_bar_action(self, text, keys, act, does)
            self.addAction(made)
            return made

        self.reading = ReadingActions(self.session, self)
        self.picture = PictureActions(self.view, self)
        self._icons += [
            (self.taking.copying, icons.copy),
            (self.taking.saving, icons.save),
            (self.picture.overlay, icons.text),
        ]
        self.draw_action = action(
            mark("Draw"), "D", self._toggle_canvas, mark("Draw digits or words, or go back")
        )
        self._icons.append((self.draw_action, canvas_icons.pen))
        self.draw_action.setCheckable(True)
        self.draw_action.setVisible(self._make_canvas is not None)
        self.history_action = action(mark("History"), "H", self._show_history, mark("Pages you froze before"))
        self._icons.append((self.history_action, icons.history))
        selecting = (
            action(mark("Select all lines"), "Ctrl+A", self.panel.select_all),
            action(mark("Select nothing"), "Escape", self._leave),
        )
        choose_source = action(mark("Choose a source"), "Alt+S", self.source.open_menu)
        self.settings_action = action(mark("Settings"), "Ctrl+,", self._show_settings)
        self._icons.append((self.settings_action, icons.settings))
        of_window = (
            self.settings_action,
            action(mark("Performance over the last minute"), "P", self._toggle_performance),
            action(mark("Full screen"), "F11", self._toggle_full_screen),
            action(mark("This list of keys"), "F1", self.show_keys),
            action(mark("Quit"), "Ctrl+Q", self._quit),
        )
        for one in self.source.actions_of_files:
            self.addAction(one)
        self.edits = EditActions(self.session, self.panel, self.view, self.spelling, self)
        self.edits.first_in_menu = (self.taking.copying, self.taking.read_aloud)
        self.arrivals = Arrivals(
            self.session, self.view, lambda: self._canvas_shown, self._leave_canvas, self
        )
        self.framing = FramingActions(self.session, self.view, self)
        self.addActions(self.framing.all)
        self.locks = LockActions(self.session, self)
        self.camera_modes = CameraModes(self.session, self.settings, self)
        self.source.offer([*self.framing.all, *self.locks.all, self.camera_modes.action])
        self.hot_plug = HotPlug(self.session)
        self.addActions(self.transport.keys)
        self.addActions([*self.edits.all, *self.locks.all])
        self.addActions([*self.reading.all, *self.picture.all, *self.taking.all, self.arrivals.paste])
        self.sheet = ShortcutSheet(
            {
                mark("Read and keep"): (
                    *(self.reading.freeze, self.reading.other, self.draw_action, self.history_action),
                    *(*self.taking.all, *selecting),
                ),
                mark("The picture"): (*self.picture.all, *self.framing.all, *self.locks.all),
                mark("The window"): of_window,
                mark("The source"): (
                    *(choose_source, *self.source.actions_of_files, self.arrivals.paste),
                    *(*self.reading.turning_pages, *self.transport.keys),
                ),
                mark("A frozen page"): self.edits.for_key_sheet,
            },
            self,
        )

    def _lay_out(self) -> None:
        self.reads_switch = self.reading.make_switch(self)
        bar = TopBar(
            self.source,
            self.reads_switch,
            [
                Entry(self.draw_action, mark("Draw digits or words, and see them read")),
                Entry(self.history_action, mark("Pages you froze before"), word=False),
                Entry(self.settings_action, mark("Settings"), word=False),
                Entry(self.picture.overlay, mark("What is shown on the picture"), word=False),
                Entry(self.taking.copying, mark("Copy the selected lines, or all")),
                Entry(self.taking.saving, mark("Save as text, table, JSON or picture")),
                Entry(
                    self.reading.freeze,
                    mark("Hold the picture and read it at full quality"),
                    name="freezeButton",
                ),
            ],
            self,
        )
        self.freeze_button = bar.last
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.addWidget(self._make_picture_side())
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.setSizes([900, 360])
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for widget in (bar, self.banner):
            self._column.addWidget(widget)
        self._column.addWidget(self.splitter, 1)
        self._column.addWidget(self.performance)
        self._column.addWidget(self.status)

    def _make_picture_side(self) -> QWidget:
        """The picture, and below it what a video needs."""
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.transport)
        return side

    def _connect(self) -> None:
        session = self.session
        session.shown.connect(self._show)
        session.changed.connect(self._session_changed)
        session.cameras.found.connect(self.source.set_cameras)
        self.source.menu_opening.connect(session.cameras.look)
        self.source.chosen.connect(self._open_chosen)
        self.view.picked.connect(self.panel.select)
        self.panel.picked.connect(self.view.select)
        session.editor.notice.connect(self.status.notice)
        tellers = self.taking, self.picture, self.framing, self.locks, self.hot_plug, self.arrivals
        for one in (*tellers, self.spelling, self.lines):
            one.notice.connect(self.status.notice)
        open_picture = self.source.open_image.trigger
        told_by = session, self.keeper, self.settings, self.lines
        Announcements(self.banner, *told_by, open_picture, self._show_settings)
        self._figures = QTimer(self)
        self._figures.timeout.connect(self._sample)
        self.status.asked.connect(self._toggle_performance)
        self._figures.start(FIGURES_MS)

    # what the session says

    def _show(self, result: FrameResult | None) -> None:
        self.view.show_result(result)
        by_hand = self.session.corrected_ids
        # boxes that nothing was read in yet, or ever, are on the picture only, unless a person drew them
        lines = [line for line in result.lines if line.text or line.track_id in by_hand] if result else []
        self.panel.show_lines(lines, by_hand)
        self._enable()

    def _session_changed(self) -> None:
        session = self.session
        title = session.title
        frozen = session.frozen
        self.source.set_current(session.watched.shown)
        self.setWindowTitle(f"{title} – Camera OCR" if title else "Camera OCR")
        hint = tr("Opening {source}…", source=title) if title else tr("Looking for a camera…")
        if session.phase is Phase.FAILED:
            hint = tr("No picture")
        hud = Hud(
            state_word(session),
            frozen=frozen,
            busy=session.phase is Phase.READING,
            stale=session.phase in (Phase.STARTING, Phase.LOST, Phase.FAILED),
        )
        self.view.show_hud(hud, hint)
        shown = session.result
        self.panel.set_editable(session.editable, shown.frame.image if shown is not None else None)
        self.panel.set_hint(panel_hint(session))
        self.reading.show_state(self.theme)
        self.status.set_source(title)
        self._enable()
        self.edits.session_changed()
        self._show_figures()

    def _enable(self) -> None:
        drawing = self.draw_action.isChecked()
        self.taking.enable(drawing=drawing)
        for one in (self.reading, self.picture, self.framing):
            one.enable(drawing=drawing)
        self.source.open_image.setEnabled(not drawing)
        self.reads_switch.setVisible(not drawing)

    def _show_figures(self) -> None:
        self.status.set_figures(figures(self.session))

    def _sample(self) -> None:
        self._course.add(self.session.stats)
        self.performance.update()
        self._show_figures()

    def _toggle_performance(self) -> None:
        self.performance.setVisible(not self.performance.isVisible())
        self.settings.set(OPEN, self.performance.isVisible())

    # what a person does

    def _open_chosen(self, spec: str) -> None:
        """Whoever chooses something to look at wants to see it."""
        self._leave_canvas()
        self.session.open(spec)

    @property
    def _canvas_shown(self) -> CanvasPanel | None:
        return self.canvas if self.draw_action.isChecked() else None

    def _leave_canvas(self) -> None:
        if self.draw_action.isChecked():
            self.draw_action.trigger()

    def _toggle_canvas(self) -> None:
        """Between the picture with its lines and the canvas, which is made when first asked for."""
        drawing = self.draw_action.isChecked()
        if self.canvas is None and self._make_canvas is not None:
            self.canvas = self._make_canvas()
            self.canvas.notice.connect(self.status.notice)
            self._column.insertWidget(self._column.indexOf(self.splitter), self.canvas, 1)
        self.splitter.setVisible(not drawing)
        if self.canvas is not None:
            self.canvas.setVisible(drawing)
        if self.canvas is not None and drawing:
            self.canvas.area.setFocus()
        self._enable()

    def _show_history(self) -> None:
        self.history.show()
        self.history.raise_()
        self.history.activateWindow()

    def _show_settings(self) -> None:
        if self.settings_dialog is None:
            self.settings_dialog = SettingsDialog(
                self.settings, self.session, self.spelling, self.lines, self
            )
        self.settings_dialog.show()
        self.settings_dialog.raise_()
        self.settings_dialog.activateWindow()

    def _leave(self) -> None:
        """Escape: away with the sheet of keys, what is being drawn or moved, or else with the selection."""
        if self.sheet.isVisible():
            self.sheet.hide()
        elif self.view.drawing:
            self.view.pen.stop()
        elif self.view.parts.chosen is not None:
            self.view.parts.choose(None)
        else:
            self.panel.select(None)

    def show_keys(self) -> None:
        """The sheet of keys, of the canvas while that is shown."""
        shown = self._canvas_shown
        (self.sheet if shown is None else shown.keys).toggle()

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _quit(self) -> None:
        self.close()

    def closeEvent(self, event: QCloseEvent | None) -> None:
        self.closing.emit()
        self.session.editor.finish()
        # Gone from the screen at once, although a camera may take a moment to let go of.
        self.hide()
        self._figures.stop()
        self.history.close()
        self.taking.read_aloud.voice.stop()
        self.keeper.close()
        self.session.close()
        # what was put right on the page that stood is told when that is left
        self.lines.close()
        if event is not None:
            event.accept()
