"""The window's words in the language of whoever uses it, by Qt's translation files."""

from PyQt5.QtCore import QCoreApplication

CONTEXT = "camera_ocr"
"""One for all texts: the same words mean the same everywhere in this window."""


def tr(text: str, /, **values: object) -> str:
    """`text` in the language of the interface, with {names} in it replaced by `values`."""
    said = QCoreApplication.translate(CONTEXT, text)
    return said.format(**values) if values else said


def mark(text: str) -> str:
    """Marks a text for translation where it cannot be translated yet, as at the top of a module."""
    return text
