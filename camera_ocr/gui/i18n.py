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
    locale = QLocale.system() if chosen == "system" else QLocale(chosen)
    for name, folder in (
        ("qtbase", QLibraryInfo.location(QLibraryInfo.LibraryLocation.TranslationsPath)),
        ("camera_ocr", str(TRANSLATIONS)),
    ):
        translator = QTranslator(app)
        if translator.load(locale, name, "_", folder):
            app.installTranslator(translator)
