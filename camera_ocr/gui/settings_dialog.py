"""The settings (Ctrl+,): everything takes effect at once, and nothing has to be confirmed."""

from collections.abc import Sequence
from typing import TypeVar

from PyQt5.QtCore import QLocale, QSize, Qt
from PyQt5.QtGui import QShowEvent
from PyQt5.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from camera_ocr.errors import CameraOcrError
from camera_ocr.gui.i18n import INTERFACE_NAMES, mark, speak, tr
from camera_ocr.gui.keeper import HISTORY_DAYS, HISTORY_MB, HISTORY_ON
from camera_ocr.gui.lettering import OverlayStyle
from camera_ocr.gui.line_keeper import KEEPING, Keeping, LineKeeper
from camera_ocr.gui.look import COLOURS, INTERFACE, LETTERS, SMALLEST_LETTERS, Colours
from camera_ocr.gui.model_choice import ModelChoice
from camera_ocr.gui.own_lines_dialog import OwnLinesDialog
from camera_ocr.gui.own_words_dialog import OwnWordsDialog
from camera_ocr.gui.reading import (
    LANGUAGE,
    LANGUAGE_NAMES,
    PROFILES,
    SURFACE,
    Profile,
    present_profile,
)
from camera_ocr.gui.remembered import OVERLAY
from camera_ocr.gui.sentences import said
from camera_ocr.gui.session import Session
from camera_ocr.gui.settings import Setting, Settings
from camera_ocr.gui.spelling import MARKS_ON, Spelling
from camera_ocr.own_lines import line_numbers, lines_folder
from camera_ocr.own_words import own_words

T = TypeVar("T")
SIZE = 88, 30
"""Of the dialog, in letters and rows."""


class SettingsDialog(QDialog):
    """Stands beside the window, which goes on meanwhile and shows the effect."""

    def __init__(
        self, settings: Settings, session: Session, spelling: Spelling, lines: LineKeeper, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("settings")
        self._settings, self._session, self._spelling, self._lines = settings, session, spelling, lines
        self.own_lines: OwnLinesDialog | None = None
        """Made when it is first asked for."""
        self.tabs = QTabWidget(self)
        for page in (self._reading(), self._looks(), self._own(), self._history()):
            # on a small screen, or in large letters, what does not fit is scrolled to
            room = QScrollArea(self.tabs)
            room.setFrameShape(QFrame.Shape.NoFrame)
            room.setWidgetResizable(True)
            room.setWidget(page)
            self.tabs.addTab(room, "")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(12)
        column.addWidget(self.tabs, 1)
        column.addWidget(buttons)
        session.changed.connect(self._show_profile)
        settings.changed.connect(lambda _: self._show_profile())
        lines.changed.connect(self._count_own)
        spelling.own_changed.connect(self._count_own)
        speak(self, self._say)

    def _say(self) -> None:
        self.setWindowTitle(tr("Settings"))
        self.tabs.setAccessibleName(tr("Settings"))
        for number, name in enumerate((tr("&Reading"), tr("&Window"), tr("My h&and"), tr("&History"))):
            self.tabs.setTabText(number, name)
            room = self.tabs.widget(number)
            assert room is not None
            room.setAccessibleName(name.replace("&", ""))
        for row, profile in enumerate(PROFILES):
            self.profile.setItemText(row, tr(profile.name))
        for key, widget in ((LANGUAGE.key, self.language), (self.model.key, self.model.box)):
            if key in self._settings.fixed:
                widget.setToolTip(tr("Given on the command line or in config.toml"))
        self.letters.setSpecialValueText(tr("As the system"))
        self.letters.setSuffix(tr(" pt"))
        self.marks.setText(tr("Mark &words of frozen lines that it does not have"))
        self.look_at_lines.setText(tr("&Look at them…"))
        self.change_words.setText(tr("Chan&ge them…"))
        self._own_note.setText(
            tr(
                "Ink and text of lines that you correct, on this computer only: in {folder}. With them you"
                " can train the reader on your own hand (python -m convert personal line).",
                folder=lines_folder(),
            )
        )
        self._count_own()
        self.keeps.setText(tr("&Keep pages that I freeze, with their pictures"))
        self.megabytes.setSuffix(tr(" MB"))
        self.days.setSuffix(tr(" days"))
        self.days.setSpecialValueText(tr("for good"))
        for box in (self.letters, self.megabytes, self.days):
            box.setLocale(QLocale())
        self._show_profile()

    def showEvent(self, event: QShowEvent | None) -> None:
        """In larger letters it is larger, but never larger than the screen."""
        screen, letters = self.screen(), self.fontMetrics()
        if screen is not None:
            wanted = QSize(SIZE[0] * letters.averageCharWidth(), SIZE[1] * letters.lineSpacing())
            self.resize(wanted.boundedTo(screen.availableGeometry().size() - QSize(24, 48)))
        if event is not None:
            super().showEvent(event)

    def _reading(self) -> QWidget:
        page, form = _page()
        self.profile = QComboBox(page)
        for one in PROFILES:
            self.profile.addItem(one.name)
        self.profile.activated.connect(lambda row: self._choose_profile(PROFILES[row]))
        self.explained = _note(page)
        _row(form, mark("Be&fore the camera"), self.profile)
        form.addRow("", self.explained)
        self.language = self._choices(page, LANGUAGE, list(LANGUAGE_NAMES.items()))
        _row(form, mark("&Language of the writing"), self.language)
        self.marks = QCheckBox(page)
        self.marks.setChecked(self._settings.get(MARKS_ON))
        self.marks.toggled.connect(lambda on: self._settings.set(MARKS_ON, on))
        form.addRow("", self.marks)
        self.model = ModelChoice(self._settings, self._session.jobs, page)
        _row(form, mark("&Model"), self.model.box)
        form.addRow(self.model.card)
        for key, widget in ((LANGUAGE.key, self.language), (self.model.key, self.model.box)):
            if key in self._settings.fixed:
                widget.setEnabled(False)
        return page

    def _looks(self) -> QWidget:
        page, form = _page()
        self.colours = self._choices(page, COLOURS, [(one, one.value) for one in Colours])
        _row(form, mark("&Colours"), self.colours)
        self.letters = QSpinBox(page)
        self.letters.setRange(SMALLEST_LETTERS - 1, 32)
        self.letters.setValue(max(SMALLEST_LETTERS - 1, self._settings.get(LETTERS)))
        self.letters.valueChanged.connect(
            lambda size: self._settings.set(LETTERS, size if size >= SMALLEST_LETTERS else 0)
        )
        _row(form, mark("&Size of letters"), self.letters)
        self.overlay = self._choices(page, OVERLAY, [(one, one.value) for one in OverlayStyle])
        _row(form, mark("&On the picture"), self.overlay)
        self.interface = self._choices(page, INTERFACE, list(INTERFACE_NAMES.items()))
        _row(form, mark("&Language of the window"), self.interface)
        return page

    def _own(self) -> QWidget:
        page, form = _page()
        self.keeping = self._choices(page, KEEPING, [(one, one.value) for one in Keeping])
        _row(form, mark("Lines that I &correct"), self.keeping)
        self._own_note = _note(page)
        form.addRow("", self._own_note)
        self.kept_lines = QLabel("", page)
        self.look_at_lines = QPushButton(page)
        self.look_at_lines.setAutoDefault(False)
        self.look_at_lines.clicked.connect(lambda _: self._look_at_lines())
        _row(form, mark("Kept so far"), _beside(page, self.kept_lines, self.look_at_lines))
        self.kept_words = QLabel("", page)
        self.change_words = QPushButton(page)
        self.change_words.setAutoDefault(False)
        self.change_words.clicked.connect(self._change_words)
        _row(form, mark("My words"), _beside(page, self.kept_words, self.change_words))
        form.addRow("", _note(page, mark("Names and terms: not marked, and expected by the reader.")))
        return page

    def _look_at_lines(self) -> None:
        if self.own_lines is None:
            self.own_lines = OwnLinesDialog(self)
            self._lines.changed.connect(self.own_lines.refresh)
            self.own_lines.finished.connect(lambda _: self._count_own())
        self.own_lines.show()
        self.own_lines.raise_()
        self.own_lines.activateWindow()

    def _change_words(self) -> None:
        dialog = OwnWordsDialog(self._spelling, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _count_own(self) -> None:
        for label, count in ((self.kept_lines, line_numbers), (self.kept_words, own_words)):
            try:
                label.setText(str(len(count())))
            except CameraOcrError as error:
                label.setText(said(error))

    def _history(self) -> QWidget:
        page, form = _page()
        self.keeps = QCheckBox(page)
        self.keeps.setChecked(self._settings.get(HISTORY_ON))
        self.keeps.toggled.connect(lambda on: self._settings.set(HISTORY_ON, on))
        form.addRow(self.keeps)
        form.addRow(
            _note(
                page,
                mark(
                    "On this computer only, readable by you alone. Without it, nothing is kept from now on of"
                    " what you freeze or correct, and nothing is there after a crash."
                ),
            )
        )
        self.megabytes = self._counts(page, HISTORY_MB, 10, 1_000_000, 100)
        _row(form, mark("At &most"), self.megabytes)
        self.days = self._counts(page, HISTORY_DAYS, 0, 36_500, 1)
        _row(form, mark("&Pages stay"), self.days)
        form.addRow("", _note(page, mark("The oldest pages go first.")))
        return page

    def _choices(self, parent: QWidget, setting: Setting[T], offered: Sequence[tuple[T, str]]) -> QComboBox:
        """A box that sets `setting`, and shows it when it is set elsewhere; names are English, marked to be
        translated where they are not the same in all languages."""
        values = [value for value, _ in offered]
        box = QComboBox(parent)
        box.addItems([name for _, name in offered])
        box.activated.connect(lambda row: self._settings.set(setting, values[row]))

        def show(key: str) -> None:
            if key == setting.key:
                box.setCurrentIndex(values.index(self._settings.get(setting)))

        def say() -> None:
            for row, (_, name) in enumerate(offered):
                box.setItemText(row, tr(name))

        show(setting.key)
        self._settings.changed.connect(show)
        speak(box, say)
        return box

    def _counts(self, parent: QWidget, setting: Setting[int], low: int, high: int, step: int) -> QSpinBox:
        box = QSpinBox(parent)
        box.setRange(low, high)
        box.setSingleStep(step)
        box.setGroupSeparatorShown(True)
        # pages are forgotten by it: not by each digit while a number is typed
        box.setKeyboardTracking(False)
        box.setValue(self._settings.get(setting))
        box.valueChanged.connect(lambda value: self._settings.set(setting, value))
        return box

    def _choose_profile(self, profile: Profile) -> None:
        if profile.surface is not None:
            self._settings.set(SURFACE, profile.surface)
        self._session.read_as(profile.reads)

    def _show_profile(self) -> None:
        profile = present_profile(self._session.reads, self._settings.get(SURFACE))
        self.profile.setCurrentIndex(PROFILES.index(profile))
        self.explained.setText(tr(profile.explained))
        self.model.show_reader_of(profile.reads)


def _page() -> tuple[QWidget, QFormLayout]:
    page = QWidget()
    page.setObjectName("settingsPage")
    form = QFormLayout(page)
    form.setContentsMargins(16, 16, 16, 16)
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(9)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return page, form


def _row(form: QFormLayout, name: str, field: QWidget) -> None:
    """`name`: English, marked to be translated."""
    label = QLabel("", form.parentWidget())
    label.setBuddy(field)
    form.addRow(label, field)
    speak(label, lambda: label.setText(tr(name)))


def _beside(parent: QWidget, label: QLabel, button: QPushButton) -> QWidget:
    """What there is, and at its right what can be done with it."""
    label.setWordWrap(True)
    both = QWidget(parent)
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label, 1)
    row.addWidget(button)
    both.setFocusProxy(button)
    return both


def _note(parent: QWidget, text: str = "") -> QLabel:
    """`text`: English, marked to be translated."""
    note = QLabel("", parent)
    note.setObjectName("note")
    note.setWordWrap(True)
    if text:
        speak(note, lambda: note.setText(tr(text)))
    return note
