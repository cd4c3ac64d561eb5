"""What the core says when something is wrong, in the language of the window."""

import ast
import re
from pathlib import Path

import pytest
from PyQt5.QtCore import QCoreApplication, QTranslator

from camera_ocr.capture import open_source
from camera_ocr.errors import CameraOcrError
from camera_ocr.export import write_whole
from camera_ocr.gui.i18n import TRANSLATIONS
from camera_ocr.gui.sentences import SENTENCES, said

CORE = TRANSLATIONS.parents[1]
SAID_IN_THE_WINDOW = ("capture", "export", "history.py", "own_samples.py", "own_words.py", "engine.py")
"""Parts of the core whose errors a window meets in daily use."""
ERRORS = {error.__name__ for error in CameraOcrError.__subclasses__()} | {"CameraLost", "HistoryDamaged"}


@pytest.fixture
def german(qapp):
    translator = QTranslator()
    assert translator.load(str(TRANSLATIONS / "camera_ocr_de.qm"))
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def forms(path: Path) -> set[str]:
    """What the errors raised in a module say, with {} for what is put in."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ERRORS and node.args:
            said = node.args[0]
            parts = said.values if isinstance(said, ast.JoinedStr) else [said]
            if all(isinstance(part, (ast.Constant, ast.FormattedValue)) for part in parts):
                found.add("".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in parts))
    return found


def test_every_error_of_daily_use_is_known():
    paths = [CORE / name for name in SAID_IN_THE_WINDOW]
    modules = [path for one in paths for path in ([one] if one.is_file() else sorted(one.glob("*.py")))]
    raised = {form for path in modules for form in forms(path)}
    known = {re.sub(r"{\w+}", "{}", form) for form in SENTENCES}
    # opened, read or written
    known.add("The history {} could not be {}: {}.")
    assert {form for form in raised if form not in known} == set()
    assert len(raised) >= 30


def test_errors_are_said_in_german_with_their_names(german, tmp_path):
    with pytest.raises(CameraOcrError) as missing:
        open_source(str(tmp_path / "none.png"))
    assert said(missing.value) == (
        f"{tmp_path / 'none.png'} gibt es nicht; den Namen prüfen, oder `camera-ocr cameras` fragen."
    )
    with pytest.raises(CameraOcrError) as unwritten:
        write_whole(tmp_path / "none" / "a.txt", b"")
    path = tmp_path / "none" / "a.txt"
    expected = f"{path} konnte nicht geschrieben werden: diesen Ordner gibt es nicht; einen anderen wählen."
    assert said(unwritten.value) == expected


def test_a_sentence_that_is_not_known_stays_as_it_is(german):
    assert said("Something else {went} wrong.") == "Something else {went} wrong."


def test_in_english_nothing_changes():
    sentence = "Cam {0} (/dev/video0) cannot be opened; close the program that is using it."
    assert said(sentence) == sentence
