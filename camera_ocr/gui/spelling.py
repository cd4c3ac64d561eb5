"""Marks on words that the language does not have, and what may be put in their place."""

import logging
from collections.abc import Callable, Iterable
from functools import partial

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtGui import QColor, QTextCharFormat, QTextLayout
from PyQt5.QtWidgets import QAction, QMenu

from camera_ocr.errors import CameraOcrError
from camera_ocr.gui.i18n import tr
from camera_ocr.gui.jobs import Jobs
from camera_ocr.gui.reading import LANGUAGE
from camera_ocr.gui.sentences import said
from camera_ocr.gui.settings import Settings, flag
from camera_ocr.own_words import add_word, own_words, set_words
from camera_ocr.recognition.spelling import Span, Speller, load_speller
from camera_ocr.types import FusedLine

log = logging.getLogger(__name__)

MARKS_ON = flag("editor/spelling", True)


def known_words() -> tuple[str, ...]:
    """One's own words; none where they cannot be read, which is told when one is added. For any thread."""
    try:
        return own_words()
    except CameraOcrError as error:
        log.warning("%s", error)
        return ()


class Spelling(QObject):
    """Knows the words of the language that is read, one's own, and those not to be marked on this page.

    `language` says which of languages.LANGUAGE_CHOICES is read, `listed` which words are known besides that
    and one's own; it may raise CameraOcrError. `changed`: other words are marked than before. `notice`
    carries a sentence. `own_changed`: one's own words are others.
    """

    changed = pyqtSignal()
    notice = pyqtSignal(str)
    own_changed = pyqtSignal()

    def __init__(
        self,
        settings: Settings,
        jobs: Jobs,
        language: Callable[[], str],
        listed: Callable[[], tuple[str, ...]] = tuple,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings, self._jobs, self._language, self._listed = settings, jobs, language, listed
        self._speller: Speller | None = None
        self._others: tuple[str, ...] = ()
        """What `listed` said when the speller was loaded."""
        self._loaded: str | None = None
        """The language whose words there are, or are being loaded."""
        self._ignored: set[str] = set()
        self._marks: dict[str, tuple[Span, ...]] = {}
        """Of the lines asked for so far."""
        self.problem = ""
        """Why one's own words could not be kept the last time."""
        settings.changed.connect(self._set)

    def begin(self) -> None:
        """A page is going to be edited: load, beside the window's thread, what is needed for it."""
        language = self._language()
        if not self._settings.get(MARKS_ON) or self._loaded == language:
            return
        self._loaded = language

        def load() -> tuple[Speller | None, tuple[str, ...]]:
            others = self._listed()
            return load_speller(language, (*known_words(), *others)), others

        def done(loaded: tuple[Speller | None, tuple[str, ...]]) -> None:
            if self._loaded == language:
                self._speller, self._others = loaded
                self._changed()

        def failed(error: Exception) -> None:
            # reading tells of damaged lexicons; without marks one can go on
            log.warning("no words are marked", exc_info=error)

        self._jobs.run(load, done, failed)

    def forget_page(self) -> None:
        """On another page the words that were ignored are marked again."""
        if self._ignored:
            self._ignored.clear()
            self._changed()

    def marks(self, text: str) -> tuple[Span, ...]:
        """The words of a line to be marked."""
        if self._speller is None or not self._settings.get(MARKS_ON):
            return ()
        found = self._marks.get(text)
        if found is None:
            spans = self._speller.unknown(text)
            found = tuple(s for s in spans if text[s.start : s.end].casefold() not in self._ignored)
            self._marks[text] = found
        return found

    def mark_in(self, text: str, begin: int, end: int) -> Span | None:
        """The first marked word of a line that has, or touches, something of `text[begin:end]`."""
        return next((span for span in self.marks(text) if span.start <= end and span.end >= begin), None)

    def offer(
        self, menu: QMenu, line: FusedLine | None, text: str, span: Span, put: Callable[[str], None]
    ) -> None:
        """Begin `menu` with what can be done about a marked word of `text`; `put` is called with the whole
        text put right. `line`: what the reader made of it."""
        first = next(iter(menu.actions()), None)

        def entry(name: str, act: Callable[[], None] | None, *, strong: bool = False) -> None:
            # an ampersand would mark a key
            action = QAction(name.replace("&", "&&"), menu)
            font = action.font()
            font.setBold(strong)
            action.setFont(font)
            if act is not None:
                action.triggered.connect(lambda: act())
            action.setEnabled(act is not None)
            menu.insertAction(first, action)

        assert self._speller is not None, "there are no marks without"
        word = text[span.start : span.end]
        fixes = self._speller.fixes(text, span, line.words if line is not None else ())
        for fix in fixes:
            entry(fix.word, partial(put, fix.text), strong=True)
        if not fixes:
            entry(tr("No word is like “{word}”", word=word), None)
        menu.insertSeparator(first)
        entry(tr("Add “{word}” to my words", word=word), lambda: self.learn(word))
        entry(tr("Ignore it on this page"), lambda: self.ignore(word))
        menu.insertSeparator(first)

    def learn(self, word: str) -> None:
        """One of one's own words from now on."""
        if self._keep(lambda: add_word(word)):
            self.notice.emit(tr("“{word}” is one of your words now", word=word))
        else:
            self.notice.emit(self.problem)

    def set_own(self, words: Iterable[str]) -> bool:
        """These are one's own words, and no others; False when they cannot be kept, as `problem` says."""
        return self._keep(lambda: set_words(words))

    def _keep(self, write: Callable[[], None]) -> bool:
        try:
            write()
            words = own_words()
        except CameraOcrError as error:
            self.problem = said(error)
            return False
        if self._speller is not None:
            self._speller.set_own((*words, *self._others))
        self._changed()
        self.own_changed.emit()
        return True

    def ignore(self, word: str) -> None:
        self._ignored.add(word.casefold())
        self._changed()

    def _set(self, key: str) -> None:
        if key == MARKS_ON.key or (key == LANGUAGE.key and self._loaded is not None):
            self.begin()
            self._changed()

    def _changed(self) -> None:
        self._marks.clear()
        self.changed.emit()


def wavy(span: Span, colour: str) -> QTextLayout.FormatRange:
    """The line below a marked word."""
    form = QTextLayout.FormatRange()
    form.start, form.length = span.start, span.end - span.start
    form.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
    form.format.setUnderlineColor(QColor(colour))
    return form
