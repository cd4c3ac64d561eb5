"""One's own words, one a row, to be changed as a text."""

import re

from PyQt5.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from camera_ocr.errors import CameraOcrError
from camera_ocr.gui.i18n import speak, tr
from camera_ocr.gui.sentences import said
from camera_ocr.gui.spelling import Spelling
from camera_ocr.own_words import own_words


class OwnWordsDialog(QDialog):
    """Shows the words as they are when it is opened."""

    def __init__(self, spelling: Spelling, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("ownWords")
        self.resize(420, 440)
        self._spelling = spelling
        self._about = QLabel("", self)
        self._about.setWordWrap(True)
        self.text = QPlainTextEdit(self)
        self.text.setObjectName("ownWordsText")
        self.text.setTabChangesFocus(True)
        self.problem = QLabel("", self)
        self.problem.setObjectName("sampleProblem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.buttons = QDialogButtonBox(self)
        for kind in (QDialogButtonBox.StandardButton.Save, QDialogButtonBox.StandardButton.Cancel):
            self.buttons.addButton(kind)
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(10)
        for widget in (self._about, self.text, self.problem, self.buttons):
            column.addWidget(widget)
        try:
            self.text.setPlainText("\n".join(own_words()))
        except CameraOcrError as error:
            self._tell(said(error))
        speak(self, self._say)

    def _say(self) -> None:
        self.setWindowTitle(tr("My words"))
        self.text.setAccessibleName(tr("My words"))
        self._about.setText(
            tr("Names and terms, one a row: they are not marked, and the reader expects them.")
        )

    def _save(self) -> None:
        words = re.split(r"[\s,;]+", self.text.toPlainText())
        if self._spelling.set_own(filter(None, words)):
            self.accept()
        else:
            self._tell(self._spelling.problem)

    def _tell(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()
