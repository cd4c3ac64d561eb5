"""The settings (Ctrl+,): everything takes effect at once, and nothing has to be confirmed."""

from collections.abc import Sequence
from typing import TypeVar

from PyQt5.QtCore import QSize
from PyQt5.QtGui import QShowEvent
from PyQt5.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLabel,
    QScrollArea,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from camera_ocr.gui.i18n import INTERFACE_NAMES, tr
from camera_ocr.gui.keeper import HISTORY_DAYS, HISTORY_MB, HISTORY_ON
from camera_ocr.gui.lettering import OverlayStyle
from camera_ocr.gui.look import COLOURS, INTERFACE, LETTERS, SMALLEST_LETTERS, Colours
from camera_ocr.gui.model_choice import ModelChoice
from camera_ocr.gui.reading import (
    LANGUAGE,
    LANGUAGE_NAMES,
    PROFILES,
    SURFACE,
    Profile,
    present_profile,
)
from camera_ocr.gui.remembered import OVERLAY
from camera_ocr.gui.session import Session
from camera_ocr.gui.settings import Setting, Settings

T = TypeVar("T")
SIZE = 88, 30
"""Of the dialog, in letters and rows."""


class SettingsDialog(QDialog):
    """Stands beside the window, which goes on meanwhile and shows the effect."""

    def __init__(self, settings: Settings, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("settings")
        self.setWindowTitle(tr("Settings"))
        self._settings, self._session = settings, session
        self.tabs = QTabWidget(self)
        self.tabs.setAccessibleName(tr("Settings"))
        for page, name in (
            (self._reading(), tr("&Reading")),
            (self._looks(), tr("&Window")),
            (self._history(), tr("&History")),
        ):
            # on a small screen, or in large letters, what does not fit is scrolled to
            room = QScrollArea(self.tabs)
            room.setFrameShape(QFrame.Shape.NoFrame)
            room.setWidgetResizable(True)
            room.setWidget(page)
            room.setAccessibleName(name.replace("&", ""))
            self.tabs.addTab(room, name)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(12)
        column.addWidget(self.tabs, 1)
        column.addWidget(buttons)
        session.changed.connect(self._show_profile)
        settings.changed.connect(lambda _: self._show_profile())
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
            self.profile.addItem(tr(one.name))
        self.profile.activated.connect(lambda row: self._choose_profile(PROFILES[row]))
        self.explained = _note(page)
        form.addRow(tr("Be&fore the camera"), self.profile)
        form.addRow("", self.explained)
        self.language = self._choices(
            page, LANGUAGE, [(key, tr(name)) for key, name in LANGUAGE_NAMES.items()]
        )
        form.addRow(tr("&Language of the writing"), self.language)
        self.model = ModelChoice(self._settings, self._session.jobs, page)
        form.addRow(tr("&Model"), self.model.box)
        form.addRow(self.model.card)
        for key, widget in ((LANGUAGE.key, self.language), (self.model.key, self.model.box)):
            if key in self._settings.fixed:
                widget.setEnabled(False)
                widget.setToolTip(tr("Given on the command line or in config.toml"))
        return page

    def _looks(self) -> QWidget:
        page, form = _page()
        self.colours = self._choices(page, COLOURS, [(one, tr(one.value)) for one in Colours])
        form.addRow(tr("&Colours"), self.colours)
        self.letters = QSpinBox(page)
        self.letters.setRange(SMALLEST_LETTERS - 1, 32)
        self.letters.setSpecialValueText(tr("As the system"))
        self.letters.setSuffix(tr(" pt"))
        self.letters.setValue(max(SMALLEST_LETTERS - 1, self._settings.get(LETTERS)))
        self.letters.valueChanged.connect(
            lambda size: self._settings.set(LETTERS, size if size >= SMALLEST_LETTERS else 0)
        )
        form.addRow(tr("&Size of letters"), self.letters)
        self.overlay = self._choices(page, OVERLAY, [(one, tr(one.value)) for one in OverlayStyle])
        form.addRow(tr("&On the picture"), self.overlay)
        self.interface = self._choices(
            page,
            INTERFACE,
            [(key, name if key != "system" else tr(name)) for key, name in INTERFACE_NAMES.items()],
        )
        form.addRow(tr("&Language of the window"), self.interface)
        self.next_time = _note(page)
        form.addRow("", self.next_time)
        self.interface.activated.connect(
            lambda _: self.next_time.setText(tr("Holds when Camera OCR is opened the next time."))
        )
        return page

    def _history(self) -> QWidget:
        page, form = _page()
        self.keeps = QCheckBox(tr("&Keep pages that I freeze, with their pictures"), page)
        self.keeps.setChecked(self._settings.get(HISTORY_ON))
        self.keeps.toggled.connect(lambda on: self._settings.set(HISTORY_ON, on))
        form.addRow(self.keeps)
        note = _note(page)
        note.setText(
            tr(
                "On this computer only, readable by you alone. Without it, nothing is kept from now on of"
                " what you freeze or correct, and nothing is there after a crash."
            )
        )
        form.addRow(note)
        self.megabytes = self._counts(page, HISTORY_MB, 10, 1_000_000, tr(" MB"), 100)
        form.addRow(tr("At &most"), self.megabytes)
        self.days = self._counts(page, HISTORY_DAYS, 0, 36_500, tr(" days"), 1)
        self.days.setSpecialValueText(tr("for good"))
        form.addRow(tr("&Pages stay"), self.days)
        limits = _note(page)
        limits.setText(tr("The oldest pages go first."))
        form.addRow("", limits)
        return page

    def _choices(self, parent: QWidget, setting: Setting[T], offered: Sequence[tuple[T, str]]) -> QComboBox:
        """A box that sets `setting`, and shows it when it is set elsewhere."""
        values = [value for value, _ in offered]
        box = QComboBox(parent)
        box.addItems([name for _, name in offered])
        box.activated.connect(lambda row: self._settings.set(setting, values[row]))

        def show(key: str) -> None:
            if key == setting.key:
                box.setCurrentIndex(values.index(self._settings.get(setting)))

        show(setting.key)
        self._settings.changed.connect(show)
        return box

    def _counts(
        self, parent: QWidget, setting: Setting[int], low: int, high: int, unit: str, step: int
    ) -> QSpinBox:
        box = QSpinBox(parent)
        box.setRange(low, high)
        box.setSingleStep(step)
        box.setSuffix(unit)
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


def _note(parent: QWidget) -> QLabel:
    note = QLabel("", parent)
    note.setObjectName("note")
    note.setWordWrap(True)
    return note
