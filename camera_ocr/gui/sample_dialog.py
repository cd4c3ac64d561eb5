"""Asks what a drawing says, to keep it as a sample of one's own hand; and lets all samples be deleted."""

from PyQt5.QtCore import QRegularExpression, Qt
from PyQt5.QtGui import QRegularExpressionValidator
from PyQt5.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from camera_ocr.errors import CameraOcrError
from camera_ocr.gui.asking import Answer, ask
from camera_ocr.gui.drawing import Drawing, remaining_strokes
from camera_ocr.gui.i18n import mark, tr
from camera_ocr.gui.sentences import said
from camera_ocr.own_samples import add_sample, count_samples, delete_samples, samples_folder

WHAT_FOR = mark(
    "The drawing is kept as pen strokes, with this text, on this computer only: in {folder}. Nothing is sent"
    " anywhere. It is used when you yourself train a model on your hand (python -m convert personal), and you"
    " can delete all samples here at any time."
)


def why_no_sample(drawing: Drawing, read: str) -> str:
    """One sentence when a drawing, which was read as `read`, cannot be kept as a sample, else empty."""
    if drawing.picture is not None:
        return tr(
            "A picture has no pen strokes, so it cannot be a sample; clear the canvas and write by hand."
        )
    if not remaining_strokes(drawing.strokes):
        return tr("There is nothing on the canvas to keep as a sample.")
    if len(read.splitlines()) > 1:
        return tr("A sample is one row: keep each by itself.")
    return ""


class SampleDialog(QDialog):
    """`notice` tells what was done once the dialog has closed; empty when nothing was."""

    def __init__(self, drawing: Drawing, read: str, *, digits: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sampleDialog")
        self.setWindowTitle(tr("Keep as a sample of my hand"))
        self.notice = ""
        self._kind = "digits" if digits else "text"
        self._strokes = remaining_strokes(drawing.strokes)
        title = QLabel(tr("Which digits are these?") if digits else tr("What does it say?"), self)
        title.setObjectName("sampleTitle")
        self.text = QLineEdit(read, self)
        self.text.setAccessibleName(tr("What is drawn"))
        if digits:
            self.text.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9 ]*"), self.text))
        self.text.setPlaceholderText(
            tr("One row of digits") if digits else tr("One word or line, as it is written")
        )
        self.text.selectAll()
        note = QLabel(tr(WHAT_FOR, folder=samples_folder()), self)
        note.setWordWrap(True)
        note.setObjectName("sampleNote")
        note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.problem = QLabel("", self)
        self.problem.setWordWrap(True)
        self.problem.setObjectName("sampleProblem")
        self.problem.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.keep_button = QPushButton(tr("Keep on this computer"), self)
        self.keep_button.setDefault(True)
        buttons.addButton(self.keep_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.delete_button = QPushButton(tr("Delete all my samples…"), self)
        self.delete_button.setAutoDefault(False)
        buttons.addButton(self.delete_button, QDialogButtonBox.ButtonRole.DestructiveRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(12)
        for widget in (title, self.text, note, self.problem, buttons):
            column.addWidget(widget)
        self.setMinimumWidth(520)
        self.keep_button.clicked.connect(self._keep)
        self.delete_button.clicked.connect(lambda _: self._ask_to_delete_all())
        buttons.rejected.connect(self.reject)
        self.text.textChanged.connect(lambda _: self._enable())
        self._enable()

    def _enable(self) -> None:
        self.keep_button.setEnabled(bool(self.text.text().strip()))
        try:
            self.delete_button.setEnabled(any(count_samples(kind) for kind in ("digits", "text")))
        except CameraOcrError:
            # a damaged file can still be deleted
            self.delete_button.setEnabled(True)

    def _keep(self) -> None:
        try:
            count = add_sample(self._kind, " ".join(self.text.text().split()), self._strokes)
        except CameraOcrError as error:
            self._say(said(error))
            return
        self.notice = (
            tr("Kept on this computer; samples of digits: {count}", count=count)
            if self._kind == "digits"
            else tr("Kept on this computer; samples of text: {count}", count=count)
        )
        self.accept()

    def _ask_to_delete_all(self) -> None:
        ask(
            self,
            tr("Delete all samples?"),
            tr("All samples of your hand are deleted from this computer. This cannot be undone."),
            Answer(tr("Delete all"), self._delete_all, loses=True),
        )

    def _delete_all(self) -> None:
        try:
            delete_samples()
        except CameraOcrError as error:
            self._say(said(error))
            return
        self.notice = tr("All samples of your hand were deleted")
        self._enable()

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()
