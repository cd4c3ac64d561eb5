"""The window in German: complete, up to date with the code, and used."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PyQt5.QtCore import QCoreApplication, QLibraryInfo, QObject, Qt, QTranslator
from PyQt5.QtWidgets import QComboBox, QLabel, QListWidget, QTabWidget, QUndoStack

from camera_ocr.gui.canvas import CanvasPanel
from camera_ocr.gui.i18n import TRANSLATIONS, tr
from camera_ocr.gui.look import speak_as_set
from camera_ocr.gui.theme import LIGHT
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


def test_german_sets_dots_apart_from_the_word_before():
    assert [said for said in translations.read(GERMAN).values() if re.search(r"\w…", said)] == []


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
    assert window.reading.freeze.iconText().strip() == "Anhalten"
    desk.freeze(results.page(["eins", "zwei"]))
    assert window.reading.freeze.iconText().strip() == "Weiter live"
    desk.key(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "2 Zeilen kopiert" in window.status.text
    desk.key(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.settings_dialog.windowTitle() == "Einstellungen"


def test_keys_are_called_as_on_the_keyboard(speaks, desk, results, qtbot):
    desk.begin(result=results.page(["eins"]))
    names = {"de": "Eingabe", "en": "Enter"}
    for language, name in names.items():
        speaks(language)
        # the sentence on how to draw a part with keys
        qtbot.keyClick(desk.window, Qt.Key.Key_A)
        assert name in desk.window.status.text
        qtbot.keyClick(desk.window, Qt.Key.Key_Escape)
    qtbot.keyClick(desk.window, Qt.Key.Key_F1)
    for language, name in names.items():
        speaks(language)
        keys = {label.text() for label in desk.window.sheet.findChildren(QLabel)}
        assert any(key.endswith(f"+{name}") for key in keys)
        assert not any("Return" in key for key in keys)


def words_of(window) -> dict[str, list[str]]:
    """Everything that a window and its dialogs say, by where they say it."""
    found = {}
    for one in [window, *window.findChildren(QObject)]:
        asked = [
            (name, getattr(one, name)())
            for name in (
                *("text", "iconText", "title", "toolTip", "statusTip", "windowTitle", "accessibleName"),
                *("placeholderText", "suffix", "specialValueText"),
            )
            if callable(getattr(one, name, None)) and not isinstance(one, QUndoStack)
        ]
        if isinstance(one, QComboBox):
            asked += [("row", one.itemText(row)) for row in range(one.count())]
        if isinstance(one, QTabWidget):
            asked += [("tab", one.tabText(at)) for at in range(one.count())]
        if isinstance(one, QListWidget):
            asked += [("row", one.item(row).text()) for row in range(one.count())]
        kind = f"{type(one).__name__} {one.objectName()}"
        found.setdefault(kind, []).extend(f"{name}: {said}" for name, said in asked if said)
    # the buttons that scroll tabs are Qt's own, and named once for all
    return {kind: sorted(said) for kind, said in found.items() if said and " Scroll" not in kind}


@pytest.fixture
def whole_window(make_desk, results, until):
    """A window with all its parts and dialogs made, the picture frozen."""

    def make():
        desk = make_desk()
        window = desk.window
        window._make_canvas = lambda: CanvasPanel(pytest.fail, pytest.fail, window.session.jobs, LIGHT)
        desk.begin(result=results.page(["eins", "zwei"]))
        desk.freeze(results.page(["eins", "zwei"]))
        window.draw_action.trigger()
        window.draw_action.trigger()
        window.show_keys()
        window.taking.saving.trigger()
        until(window.taking.export.save_button.isEnabled)
        window.taking.export.close()
        window.settings_action.trigger()
        until(lambda: window.settings_dialog.model.box.count() > 0)
        window.settings_action.trigger()
        return desk

    return make


def test_everything_changes_its_language_at_once_and_back(speaks, whole_window, until):
    speaks("de")
    german = words_of(whole_window().window)
    speaks("en")
    desk = whole_window()
    english = words_of(desk.window)
    assert german != english
    for language, wanted in (("de", german), ("en", english)):
        speaks(language)
        # nothing is left of the other
        assert {kind: said for kind, said in words_of(desk.window).items() if said != wanted.get(kind)} == {}


def test_what_is_wrong_is_said_in_the_other_language_too(speaks, desk, until):
    speaks("en")
    desk.bad["/nowhere.png"] = "/nowhere.png does not exist; check the name."
    desk.begin("/nowhere.png")
    until(lambda: "does not exist" in desk.window.banner.text)
    speaks("de")
    until(lambda: "gibt es nicht" in desk.window.banner.text)
    assert [button.text() for button in desk.window.banner.buttons] == [
        "Noch einmal versuchen",
        "Vorführung abspielen",
    ]


def test_language_is_chosen_in_the_settings_with_keys_and_holds_at_once(
    speaks, desk, results, qtbot, until, qapp
):
    speaks("en")
    desk.begin(result=results.page(["eins"]))
    desk.settings.changed.connect(speak_as_set(qapp, desk.settings))
    window = desk.window
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = window.settings_dialog
    dialog.tabs.setCurrentIndex(1)
    box = dialog.interface
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_End)
    until(lambda: dialog.windowTitle() == "Einstellungen")
    assert window.reading.freeze.iconText().strip() == "Anhalten"
    assert window.panel.list.accessibleName() == "Zeilen"
    assert dialog.isVisible()
    assert dialog.tabs.currentIndex() == 1
