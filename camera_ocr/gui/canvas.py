"""The canvas: draw digits or a line of writing, and see at once what is read."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
from PyQt5.QtCore import Qt, QTimer, pyqtSignal
from PyQt5.QtGui import QGuiApplication
from PyQt5.QtWidgets import (
    QAction,
    QActionGroup,
    QFileDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from camera_ocr.capture.files import read_image
from camera_ocr.errors import CameraOcrError
from camera_ocr.export import write_whole
from camera_ocr.geometry import to_gray
from camera_ocr.gui import canvas_icons, icons
from camera_ocr.gui.actions import make_action, with_key
from camera_ocr.gui.canvas_area import CanvasArea, Tool
from camera_ocr.gui.canvas_bar import CanvasBar
from camera_ocr.gui.canvas_side import CanvasSide
from camera_ocr.gui.canvas_style import canvas_style
from camera_ocr.gui.i18n import mark, speak, tr
from camera_ocr.gui.jobs import Jobs
from camera_ocr.gui.sample_dialog import SampleDialog, why_no_sample
from camera_ocr.gui.sentences import said
from camera_ocr.gui.shortcuts import CANVAS_MOUSE, ShortcutSheet
from camera_ocr.gui.theme import Theme
from camera_ocr.gui.top_bar import make_switch
from camera_ocr.recognition.digit_reader import Digit, written_ink
from camera_ocr.types import U8, Transcript

READ_AFTER_MS = 15
"""Points that come closer together than this are read at once."""


class DigitsReader(Protocol):
    def read_ink(self, ink: U8) -> list[list[Digit]]: ...


class TextReader(Protocol):
    def read(self, crops: Sequence[U8]) -> list[Transcript]: ...


class CanvasPanel(QWidget):
    """The sheet with its tools above and what was read beside it.

    The readers are made when first needed, in a thread of `jobs`, by these functions.
    """

    read = pyqtSignal()
    """What is shown as read is of the drawing as it is now."""
    notice = pyqtSignal(str)
    """One sentence on what was just done, or why it was not."""

    def __init__(
        self,
        make_digits: Callable[[], DigitsReader],
        make_text: Callable[[], TextReader],
        jobs: Jobs,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self._icons: list[tuple[QAction, icons.Draw]] = []
        self.text = ""
        """What is read now; rows of digits are apart by line breaks."""
        self._makers = make_digits, make_text
        self._readers: dict[bool, DigitsReader | TextReader] = {}
        self._jobs = jobs
        self._busy = self._stale = False
        self.sample_dialog: SampleDialog | None = None
        """While it is open."""
        self.area = CanvasArea(theme, self)
        self.side = CanvasSide(theme, self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(READ_AFTER_MS)
        self._make_actions()
        self.keys = ShortcutSheet({mark("The canvas"): self.actions()}, self, CANVAS_MOUSE)
        self._lay_out()
        self.set_theme(theme)
        self._soon.timeout.connect(self._read)
        self.area.changed.connect(self._changed)
        self.area.pointed.connect(self._show_pointed)
        # how sure it is of what is read is said as well
        speak(self, self._changed)

    def renew_readers(self) -> None:
        """They have been set otherwise."""
        self._readers = {}
        self._changed()

    def set_theme(self, theme: Theme) -> None:
        self.setStyleSheet(canvas_style(theme))
        for action, draw in self._icons:
            action.setIcon(icons.icon(draw, theme.text, theme.disabled))
        self.area.theme = theme
        self.area.update()
        self.side.set_theme(theme)

    def _make_actions(self) -> None:
        def action(text: str, draw: icons.Draw | None, keys: str, act: Callable[[], None]) -> QAction:
            made = make_action(self, text, keys, act)
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            speak(made, lambda: made.setToolTip(with_key(tr(text), made) if keys else tr(text)))
            if draw is not None:
                self._icons.append((made, draw))
            self.addAction(made)
            return made

        def choice(*actions: QAction) -> None:
            group = QActionGroup(self)
            for one in actions:
                one.setCheckable(True)
                group.addAction(one)
            actions[0].setChecked(True)

        self.digits_action = action(mark("Digits"), None, "", self._mode_changed)
        self.text_action = action(mark("Text"), None, "", self._mode_changed)
        choice(self.digits_action, self.text_action)
        self._other_action = action(mark("Digits, or text"), None, "M", self._read_the_other)
        self.pen_action = action(mark("Pen"), canvas_icons.pen, "P", lambda: self._take(Tool.PEN))
        self.eraser_action = action(mark("Eraser"), canvas_icons.eraser, "E", lambda: self._take(Tool.ERASER))
        choice(self.pen_action, self.eraser_action)
        self.undo_action = action(mark("Undo"), canvas_icons.undo, "Ctrl+Z", self.undo)
        self.redo_action = action(mark("Redo"), canvas_icons.redo, "Ctrl+Shift+Z Ctrl+Y", self.redo)
        self.clear_action = action(mark("Clear"), canvas_icons.clear, "Delete", self.clear)
        self.open_action = action(mark("Open a picture"), canvas_icons.picture, "Ctrl+O", self._ask_open)
        self.save_action = action(mark("Save the drawing as PNG"), icons.save, "Ctrl+S", self._ask_save)
        self.copy_action = action(mark("Copy what was read"), icons.copy, "Ctrl+C", self.copy)
        self.sample_action = action(
            mark("Keep as a sample of my hand"), canvas_icons.sample, "Ctrl+K", self._ask_sample
        )

    def _lay_out(self) -> None:
        tips = (mark("Read rows of digits"), mark("Read a word or a line"))
        switch = make_switch(
            list(zip((self.digits_action, self.text_action), tips, strict=True)),
            self._other_action,
            "readsSwitch",
            self,
        )
        bar = CanvasBar(
            switch,
            [
                (self.pen_action, self.eraser_action),
                (self.undo_action, self.redo_action, self.clear_action),
            ],
            (self.open_action, self.save_action, self.sample_action, self.copy_action),
            self.area.pen_width,
            self,
        )
        self.width_slider = bar.width_slider
        self.width_slider.valueChanged.connect(self._set_width)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.area, 1)
        middle.addWidget(self.side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(bar)
        whole.addLayout(middle, 1)

    @property
    def reads_digits(self) -> bool:
        return self.digits_action.isChecked()

    # what a person does

    def undo(self) -> None:
        self.area.drawing.undo()
        self.area.repaint_ink()

    def redo(self) -> None:
        self.area.drawing.redo()
        self.area.repaint_ink()

    def clear(self) -> None:
        self.area.drawing.clear()
        self.area.repaint_ink()

    def copy(self) -> None:
        """What was read, to the clipboard."""
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None and self.text:
            clipboard.setText(self.text)
            self.notice.emit(tr("Copied {text}", text=" · ".join(self.text.splitlines())))

    def open(self, path: Path) -> None:
        """Lay the ink of a picture file onto the canvas, in place of the drawing."""

        def opened(ink: U8) -> None:
            self.area.drawing.set_picture(ink)
            self.area.repaint_ink()

        self._jobs.run(lambda: written_ink(to_gray(read_image(path))), opened, self._failed)

    def save(self, path: Path) -> None:
        """The drawing, dark on white, as a PNG file."""
        ok, data = cv2.imencode(".png", cv2.bitwise_not(self.area.ink()))
        assert ok
        content = data.tobytes()
        self._jobs.run(
            lambda: write_whole(path, content),
            lambda _: self.notice.emit(tr("Saved {path}", path=path)),
            self._failed,
        )

    def _ask_open(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, tr("Open a picture"), "", f"{tr('Pictures')} (*.png *.jpg *.jpeg *.bmp *.webp *.tif *.tiff)"
        )
        if name:
            self.open(Path(name))

    def _ask_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, tr("Save the drawing"), "drawing.png", "PNG (*.png)")
        if name:
            path = Path(name)
            self.save(path if path.suffix.lower() == ".png" else path.with_name(path.name + ".png"))

    def _ask_sample(self) -> None:
        problem = why_no_sample(self.area.drawing, self.text)
        if problem:
            self.notice.emit(problem)
            return
        self.sample_dialog = SampleDialog(self.area.drawing, self.text, digits=self.reads_digits, parent=self)
        self.sample_dialog.finished.connect(self._sample_closed)
        self.sample_dialog.open()

    def _sample_closed(self) -> None:
        dialog, self.sample_dialog = self.sample_dialog, None
        if dialog is not None:
            if dialog.notice:
                self.notice.emit(dialog.notice)
            dialog.deleteLater()

    def _take(self, tool: Tool) -> None:
        self.area.tool = tool

    def _set_width(self, width: int) -> None:
        self.area.pen_width = float(width)

    def _read_the_other(self) -> None:
        (self.text_action if self.reads_digits else self.digits_action).trigger()

    def _mode_changed(self) -> None:
        self.side.show_figures(self.reads_digits)
        self.area.show_digits(())
        self._changed()

    # what is read

    def _changed(self) -> None:
        drawing = self.area.drawing
        self.undo_action.setEnabled(drawing.can_undo)
        self.redo_action.setEnabled(drawing.can_redo)
        for action in (self.clear_action, self.save_action, self.sample_action):
            action.setEnabled(not drawing.empty)
        self.area.hint = tr("Draw digits here") if self.reads_digits else tr("Write a word or a line here")
        self._stale = True
        if not self._soon.isActive():
            self._soon.start()

    def _read(self) -> None:
        """Read the ink as it is now; while that goes on, only the newest ink waits."""
        if self._busy or not self._stale:
            return
        self._busy, self._stale = True, False
        digits, ink = self.reads_digits, self.area.ink()

        def work() -> tuple[list[list[Digit]], Transcript | None]:
            reader = self._readers.get(digits)
            if reader is None:
                reader = self._readers[digits] = self._makers[0 if digits else 1]()
            if not ink.any():
                return [], None
            if digits:
                return reader.read_ink(ink), None  # type: ignore[union-attr]
            x, y, w, h = cv2.boundingRect(ink)
            crop = np.pad(ink[y : y + h, x : x + w], max(4, h // 8))
            return [], reader.read([255 - crop])[0]  # type: ignore[union-attr]

        def done(result: tuple[list[list[Digit]], Transcript | None]) -> None:
            self._busy = False
            if digits == self.reads_digits:
                self._show(*result)
            self._go_on()

        def failed(error: Exception) -> None:
            self._busy = False
            self._failed(error)
            if self._stale:
                self._soon.start()

        self._jobs.run(work, done, failed)

    def _go_on(self) -> None:
        if self._stale:
            self._soon.start()
        else:
            self.read.emit()

    def _show(self, rows: list[list[Digit]], line: Transcript | None) -> None:
        digits = [digit for row in rows for digit in row]
        if self.reads_digits:
            self.text = "\n".join("".join(digit.text for digit in row) for row in rows)
            self.side.show_digits(self.text, digits)
        else:
            self.text = line.text if line else ""
            self.side.show_text(self.text, line.confidence if line else 0.0)
        self.copy_action.setEnabled(bool(self.text))
        self.area.show_digits(digits)
        self._show_pointed()

    def _show_pointed(self) -> None:
        """The digit under the cursor, else the last one."""
        digits, at = self.area.digits, self.area.pointed_at
        digit = digits[at if at is not None else -1] if digits else None
        self.side.show_digit(digit, pointed_at=at is not None)

    def _failed(self, error: Exception) -> None:
        sentence = (
            said(error)
            if isinstance(error, CameraOcrError)
            else tr("That did not work: {error}.", error=error)
        )
        self.side.sure.setText(sentence)
        self.notice.emit(sentence)
