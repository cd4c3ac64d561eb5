import subprocess
import sys
from pathlib import Path

import pytest

from convert.__main__ import main

ROOT = Path(__file__).parents[2]


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "convert", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=120, check=False)


def test_help_names_every_command() -> None:
    done = run("--help")
    assert done.returncode == 0
    for command in ("download", "prepare", "fonts", "train", "plot", "export", "evaluate"):
        assert command in done.stdout


def test_command_reads_its_own_options() -> None:
    done = run("download", "--list", "mnist")
    assert done.returncode == 0
    assert "mnist: " in done.stdout
    assert "unipen" not in done.stdout


def test_user_error_is_one_sentence_without_traceback(tmp_path: Path) -> None:
    done = run("prepare", "--cache", str(tmp_path))
    assert done.returncode == 1
    assert done.stderr == f"Error: {tmp_path} has no originals; run python -m convert download first.\n"


def test_evaluate_lines_is_about_finding_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    called = []
    monkeypatch.setattr("convert.evaluate_lines.main", lambda argv: called.append(argv) or 0)
    with pytest.raises(SystemExit) as ended:
        main(["evaluate", "lines", "--split", "val"])
    assert ended.value.code == 0
    assert called == [["--split", "val"]]
