"""The window's words in the language of whoever uses it, by Qt's translation files."""

from pathlib import Path

from PyQt5.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

CONTEXT = "camera_ocr"
"""One for all texts: the same words mean the same everywhere in this window."""
TRANSLATIONS = Path(__file__).with_name("translations")


def tr(text: str, /, **values: object) -> str:
    """`text` in the language of the interface, with {names} in it replaced by `values`."""
    said = QCoreApplication.translate(CONTEXT, text)
    return said.format(**values) if values else said


def mark(text: str) -> str:
    """Marks a text for translation where it cannot be translated yet, as at the top of a module."""
    return text


INTERFACE_NAMES = {"system": mark("As the system"), "en": "English", "de": "Deutsch"}
"""Languages of the interface, each called by its own name."""


def translate(app: QCoreApplication, chosen: str) -> None:
    """Have `app` speak the language `chosen` of INTERFACE_NAMES, Qt's own dialogs too; before any window is
    made."""
    languages = QLocale.system().uiLanguages() if chosen == "system" else [chosen]
    for language in languages:
        # the texts in the code are English
        if language.startswith("en") or _load(app, QLocale(language)):
            return


def _load(app: QCoreApplication, locale: QLocale) -> bool:
    own = QTranslator(app)
    if not own.load(locale, "camera_ocr", "_", str(TRANSLATIONS)):
        return False
    # numbers and dates too
    QLocale.setDefault(locale)
    qt = QTranslator(app)
    # not everywhere installed
    if qt.load(locale, "qtbase", "_", QLibraryInfo.location(QLibraryInfo.LibraryLocation.TranslationsPath)):
        app.installTranslator(qt)
    # the last one is asked first
    return app.installTranslator(own)
