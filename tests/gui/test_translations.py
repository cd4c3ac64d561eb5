"""The window in German: complete, up to date with the code, and used."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PyQt5.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from camera_ocr.gui.i18n import TRANSLATIONS, tr
from tests.gui import translations

GERMAN = TRANSLATIONS / "camera_ocr_de.ts"
SAYS = frozenset(
    "QAction QLabel QPushButton QCheckBox QRadioButton QGroupBox addButton addRow setText setToolTip setTitle"
    " setWindowTitle setStatusTip setPlaceholderText setAccessibleName setInformativeText setSuffix notice"
    " say setSpecialValueText addItem addTab setIconText setWhatsThis".split()
)
"""Calls that put a text before people."""


@pytest.fixture
def german(qapp):
    translator = QTranslator()
    assert translator.load(str(GERMAN.with_suffix(".qm")))
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def test_every_text_is_translated_and_no_translation_is_left_over():
    translated = translations.read(GERMAN)
    assert {text for text in translations.texts() if not translated.get(text)} == set()
    assert set(translated) - set(translations.texts()) == set()


def test_translations_keep_names_in_braces_and_mnemonics():
    for text, said in translations.read(GERMAN).items():
        assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", said)), text
        assert text.count("&") == said.count("&"), text
        assert (text[0] == " ") == (said[0] == " "), text


def test_compiled_translation_is_of_the_file_as_it_is(german):
    assert {text: tr(text) for text in translations.texts()} == translations.read(GERMAN)


@pytest.mark.parametrize("path", sorted(TRANSLATIONS.parent.glob("*.py")), ids=lambda path: path.stem)
def test_no_text_goes_round_the_translation(path: Path):
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for given in node.args if name in SAYS else ():
            parts = given.values if isinstance(given, ast.JoinedStr) else [given]
            said = [str(part.value) for part in parts if isinstance(part, ast.Constant)]
            words = [text for text in said if re.search(r"[a-z]{3}", text)]
            found += [f"line {node.lineno}: {text}" for text in words if "px;" not in text]
    assert [one for one in found if not one.endswith(": Camera OCR")] == []


PROGRAM = """
import sys
from PyQt5.QtWidgets import QDialogButtonBox
from camera_ocr.gui.application import make_application
from camera_ocr.gui.i18n import tr, translate
app = make_application()
translate(app, sys.argv[1])
box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
print(tr("Freeze"), box.buttons()[0].text().replace("&", ""), sep="|")
"""


@pytest.mark.parametrize(
    ("chosen", "locale", "language"),
    [
        ("de", "en_GB.UTF-8", "de"),
        ("en", "de_DE.UTF-8", "en"),
        ("system", "de_AT.UTF-8", "de"),
        ("system", "fr_FR.UTF-8", "en"),
    ],
)
def test_language_is_the_systems_until_one_is_chosen(chosen, locale, language):
    environment = {
        **os.environ,
        "LC_ALL": locale,
        "LANG": locale,
        "LANGUAGE": "",
        "QT_QPA_PLATFORM": "offscreen",
    }
    command = [sys.executable, "-c", PROGRAM, chosen]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, check=True)
    own, qt = done.stdout.strip().split("|")
    assert own == {"de": "Anhalten", "en": "Freeze"}[language]
    folder = QLibraryInfo.location(QLibraryInfo.LibraryLocation.TranslationsPath)
    if Path(folder, "qtbase_de.qm").exists():
        assert qt == {"de": "Abbrechen", "en": "Cancel"}[language]


def test_the_whole_window_can_be_used_in_german(german, make_desk, results, qtbot):
    desk = make_desk()
    desk.begin(result=results.page(["eins", "zwei"]))
    window = desk.window
    assert window.freeze_action.iconText().strip() == "Anhalten"
    desk.freeze(results.page(["eins", "zwei"]))
    assert window.freeze_action.iconText().strip() == "Weiter live"
    window.copy()
    assert "2 Zeilen kopiert" in window.status.text
    window.settings_action.trigger()
    assert window.settings_dialog.windowTitle() == "Einstellungen"
