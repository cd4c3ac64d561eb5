"""The window's words in the language of whoever uses it, by Qt's translation files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QObject, QTranslator

CONTEXT = "camera_ocr"
"""One for all texts: the same words mean the same everywhere in this window."""
TRANSLATIONS = Path(__file__).with_name("translations")


def tr(text: str, /, **values: object) -> str:
    """`text` in the language of the interface, with {names} in it replaced by `values`."""
    said = QCoreApplication.translate(CONTEXT, text)
    return said.format(**values) if values else said


def percent(share: float) -> str:
    """For people; `share`: 0..1."""
    return tr("{number}%", number=f"{100 * share:.0f}")


def mark(text: str) -> str:
    """Marks a text for translation where it cannot be translated yet, as at the top of a module."""
    return text


KEY_NAMES = {"Return": mark("Enter")}
"""Keys that Qt calls otherwise than keyboards do, and this window's own sentences."""
INTERFACE_NAMES = {"system": mark("As the system"), "en": "English", "de": "Deutsch"}
"""Languages of the interface, each called by its own name."""


class _KeyNames(QTranslator):
    """Names keys as keyboards do, wherever Qt shows one: in menus, in tooltips, on the sheet of keys."""

    def translate(self, context: Any, text: Any, about: Any = None, n: int = -1) -> Any:
        """None where another translator is to be asked."""
        return tr(KEY_NAMES[text]) if context == "QShortcut" and text in KEY_NAMES else None

    def isEmpty(self) -> bool:
        return False


class _Speaker(QObject):
    """Child of a widget: Qt tells the children of each, too, when the language is another."""

    def __init__(self, say: Callable[[], object], widget: QObject) -> None:
        super().__init__(widget)
        self._say = say

    def event(self, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.LanguageChange:
            self._say()
            return True
        return event is not None and super().event(event)


def speak(owner: QObject, say: Callable[[], object]) -> None:
    """Call `say`, which gives words to `owner` or its parts, now and whenever the language is another.

    `owner` is a widget, or belongs to one.
    """
    say()
    widget = owner
    while not widget.isWidgetType() and (parent := widget.parent()) is not None:
        widget = parent
    speaker = _Speaker(say, widget)
    if widget is not owner:
        owner.destroyed.connect(speaker.deleteLater)


def translate(app: QCoreApplication, chosen: str) -> None:
    """Have `app` speak the language `chosen` of INTERFACE_NAMES from now on, Qt's own dialogs too."""
    for translator in app.findChildren(QTranslator, CONTEXT):
        app.removeTranslator(translator)
        translator.deleteLater()
    # numbers and dates too
    QLocale.setDefault(QLocale.system() if chosen == "system" else QLocale(chosen))
    languages = QLocale.system().uiLanguages() if chosen == "system" else [chosen]
    for language in languages:
        # the texts in the code are English
        if language.startswith("en") or _load(app, QLocale(language)):
            break
    # the last one is asked first
    _install(app, _KeyNames(app))


def _install(app: QCoreApplication, translator: QTranslator) -> None:
    translator.setObjectName(CONTEXT)
    app.installTranslator(translator)


def _load(app: QCoreApplication, locale: QLocale) -> bool:
    own, qt = QTranslator(app), QTranslator(app)
    if not own.load(locale, "camera_ocr", "_", str(TRANSLATIONS)):
        return False
    QLocale.setDefault(locale)
    # not everywhere installed
    qt.load(locale, "qtbase", "_", QLibraryInfo.location(QLibraryInfo.LibraryLocation.TranslationsPath))
    for translator in (qt, own):
        _install(app, translator)
    return True
