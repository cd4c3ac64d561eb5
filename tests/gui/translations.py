"""The German of the window: finds every text in the code, keeps the file of translations, and compiles it.

    python tests/gui/translations.py

adds to camera_ocr/gui/translations/camera_ocr_de.ts what the code says now and drops what it says no more,
then makes camera_ocr_de.qm of it with Qt's lrelease (Debian: qttools5-dev-tools). What is new is marked
unfinished there: translate it, by hand or with Qt Linguist, and run this again.
"""

import ast
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TRANSLATIONS = ROOT / "camera_ocr" / "gui" / "translations"
CONTEXT = "camera_ocr"
FUNCTIONS = {"tr", "mark"}
"""Calls whose first argument is a text to be translated."""


def texts() -> dict[str, str]:
    """Every text that the window says, and the first place in the code where it stands."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "camera_ocr" / "gui").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.setdefault(first.value, path.name)
    for path in sorted((ROOT / "camera_ocr" / "export").glob("*.py")):
        # formats are named where they are made, and that is no place for Qt
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Format":
                title = next((k.value for k in node.keywords if k.arg == "title"), None) or node.args[2]
                assert isinstance(title, ast.Constant)
                found.setdefault(str(title.value), path.name)
    return found


def read(path: Path) -> dict[str, str]:
    """What a .ts file has, by the English; empty where it is unfinished."""
    translated = {}
    for message in ET.parse(path).getroot().iter("message"):
        said = message.find("translation")
        assert said is not None
        translated[message.findtext("source", "")] = "" if said.get("type") else said.text or ""
    return translated


def write(path: Path, wanted: dict[str, str], translated: dict[str, str]) -> None:
    root = ET.Element("TS", version="2.1", language=path.stem.rsplit("_", 1)[1], sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for text, place in sorted(wanted.items(), key=lambda item: (item[1], item[0])):
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "location", filename=place)
        ET.SubElement(message, "source").text = text
        said = ET.SubElement(message, "translation")
        if translated.get(text):
            said.text = translated[text]
        else:
            said.set("type", "unfinished")
    ET.indent(root, " ")
    header = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(header + ET.tostring(root, encoding="unicode") + "\n", encoding="utf-8")


def main() -> None:
    wanted = texts()
    compiler = shutil.which("lrelease") or shutil.which("lrelease-qt5")
    for path in sorted(TRANSLATIONS.glob("*.ts")):
        translated = read(path)
        write(path, wanted, translated)
        missing = [text for text in wanted if not translated.get(text)]
        print(f"{path.name}: {len(wanted)} texts, {len(missing)} to be translated")
        for text in missing:
            print(f"  {wanted[text]}: {text!r}")
        if compiler is None:
            sys.exit("lrelease is not installed; on Debian it is in qttools5-dev-tools")
        subprocess.run([compiler, "-silent", str(path), "-qm", str(path.with_suffix(".qm"))], check=True)


if __name__ == "__main__":
    main()
