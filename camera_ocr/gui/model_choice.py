"""Choosing the model that reads lines, with what its card says."""

import html
from pathlib import Path
from typing import NamedTuple

from PyQt5.QtCore import QLocale, QObject, Qt
from PyQt5.QtWidgets import QComboBox, QFileDialog, QLabel, QWidget

from camera_ocr.errors import CameraOcrError
from camera_ocr.gui.engine_view import Reads
from camera_ocr.gui.i18n import mark, speak, tr
from camera_ocr.gui.jobs import Jobs
from camera_ocr.gui.reading import MODEL, line_models
from camera_ocr.gui.sentences import said
from camera_ocr.gui.settings import Settings
from camera_ocr.recognition.card import Card, default_model, load_card

MEASURES = {"cer": mark("characters wrong"), "wer": mark("words wrong"), "exact": mark("exactly right")}
SETS = {
    "unipen_words": mark("English words"),
    "unipen_lines": mark("English lines"),
    "copiste_lines": mark("French lines, scanned"),
    "dhsd_words": mark("German words, scanned"),
    "MNIST digits": mark("Digits of MNIST"),
    "UNIPEN digits of held-out writers": mark("Digits of UNIPEN"),
    "rows of 2 to 5 digits of held-out writers, all": mark("Rows of 2 to 5 digits"),
}
"""Of the cards that come with the program; other sets are called as their cards call them."""
PURPOSES = {
    "line_reader_light": mark("For slow machines: a line takes half the time, and more of it is misread."),
}
"""What sets a model that comes with the program apart from the usual one, by its name."""


class Offer(NamedTuple):
    """A model to choose."""

    path: str
    """As MODEL has it."""
    card: Card
    size: int
    """Of the file, bytes."""
    bundled: bool = True
    """Comes with the program."""


class ModelChoice(QObject):
    """A box to choose from and a card below it. A model that cannot be used is told, and not taken."""

    key = MODEL.key

    def __init__(self, settings: Settings, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings, self._jobs = settings, jobs
        self._offers: list[Offer] = []
        """Of the rows; one more row asks for a file."""
        self._digits: Offer | None = None
        self._reads = Reads.TEXT
        self.box = QComboBox(parent)
        self.box.activated.connect(self._activated)
        self.card = QLabel("", parent)
        self.card.setObjectName("modelCard")
        self.card.setWordWrap(True)
        self.card.setTextFormat(Qt.TextFormat.RichText)
        self.card.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.problem = ""
        """Why the model that was chosen last is not taken."""
        speak(self.box, self._say)
        self._look()

    def _say(self) -> None:
        self._fill()
        self._show_card()

    def choose(self, path: str) -> None:
        """Take the model in the file if it can be used; empty is the one that comes with the program."""

        def read() -> None:
            from camera_ocr.recognition.line_reader import LineReader

            LineReader(Path(path) if path else None)

        def taken(_: None) -> None:
            self.problem = ""
            self._settings.set(MODEL, path)
            self._look()

        def refused(error: Exception) -> None:
            reason = said(error) if isinstance(error, CameraOcrError) else type(error).__name__
            self.problem = tr("This model cannot be used: {reason}", reason=reason)
            self._look()

        self._jobs.run(read, taken, refused)

    def show_reader_of(self, reads: Reads) -> None:
        """The card of the model that reads so; only lines leave a choice."""
        self._reads = reads
        self.box.setEnabled(reads is Reads.TEXT and self.key not in self._settings.fixed)
        self._show_card()

    def _look(self) -> None:
        """Find the models that there are, in a thread, for each is read to compare it with its card."""
        kept = self._settings.get(MODEL)

        def look() -> tuple[list[Offer], Offer]:
            offers = [
                Offer("" if path == default_model() else path.stem, card, path.stat().st_size)
                for path, card in line_models()
            ]
            if kept and kept not in {offer.path for offer in offers}:
                offers.append(Offer(kept, load_card(Path(kept)), Path(kept).stat().st_size, bundled=False))
            digits = default_model("digit_reader")
            return offers, Offer("", load_card(digits), digits.stat().st_size)

        def found(seen: tuple[list[Offer], Offer]) -> None:
            self._offers, self._digits = seen
            self._fill()
            self._show_card()

        def failed(error: Exception) -> None:
            self.problem = said(error)
            self._show_card()

        self._jobs.run(look, found, failed)

    def _fill(self) -> None:
        kept = self._settings.get(MODEL)
        self.box.clear()
        if not self._offers:
            # they are still being looked for
            return
        for row, (path, card, _, bundled) in enumerate(self._offers):
            self.box.addItem(tr("{name} (comes with the program)", name=card.name) if bundled else card.name)
            self.box.setItemData(row, "" if bundled else path, Qt.ItemDataRole.ToolTipRole)
            if path == kept:
                self.box.setCurrentIndex(row)
        self.box.addItem(tr("Another file…"))

    def _show_card(self) -> None:
        kept = self._settings.get(MODEL)
        offers = [offer for offer in self._offers if offer.path == kept]
        if self._reads is Reads.DIGITS and self._digits is not None:
            offers = [self._digits]
        shown = [describe(offer.card, offer.size) for offer in offers]
        if self.problem:
            shown.insert(0, f"<p><b>{html.escape(self.problem)}</b></p>")
        self.card.setText("".join(shown))

    def _activated(self, row: int) -> None:
        if row < len(self._offers):
            self.choose(self._offers[row].path)
            return
        name, _ = QFileDialog.getOpenFileName(
            self.box.window(), tr("Choose a model"), str(Path.home()), f"{tr('Models')} (*.tflite)"
        )
        if name:
            self.choose(name)
        else:
            self._look()


def describe(card: Card, size: int) -> str:
    """What people want to know of a model, as HTML; `size` of its file in bytes."""
    task = tr("Reads lines") if card.task == "line" else tr("Reads digits")
    locale = QLocale()
    head = f"<p><b>{html.escape(card.name)}</b> · {task} · {locale.toString(size / 1e6, 'f', 1)} MB</p>"
    if card.name in PURPOSES:
        head += f"<p>{html.escape(tr(PURPOSES[card.name]))}</p>"
    figures = [one for one in card.details.get("figures", ()) if not MEASURES.keys().isdisjoint(one)]
    if not figures:
        return head
    measured = [name for name in MEASURES if any(name in figure for figure in figures)]
    rows = [[tr("Held-out writers"), *(tr(MEASURES[name]) for name in measured)]]
    for figure in figures:
        name = str(figure.get("set", "?"))
        rates = [
            f"{locale.toString(100 * figure[key], 'f', 1)} %" if key in figure else "" for key in measured
        ]
        rows.append([f"{tr(SETS.get(name, name))} ({figure.get('items', '?')})", *rates])
    table = "".join(
        f'<tr><td style="white-space: nowrap">{html.escape(first)}</td>'
        + "".join(f"<td align=right>&nbsp; {html.escape(cell)}</td>" for cell in rest)
        + "</tr>"
        for first, *rest in rows
    )
    return f"{head}<table cellspacing=0 cellpadding=1>{table}</table>"
