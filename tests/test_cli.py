"""How the command ends, whatever happens inside it."""

import subprocess
import sys
from pathlib import Path

import click
import cv2
import numpy as np
import pytest

from camera_ocr import __version__
from camera_ocr.cli import cli, main
from camera_ocr.errors import CameraLost


@pytest.fixture(autouse=True)
def own_folders(monkeypatch, tmp_path):
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))


def command_that(action):
    """The command line with one more command, `try`, that does this."""

    @click.command("try")
    def attempt() -> None:
        action()

    return attempt


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (CameraLost("camera 0: no new frame for 5.0 s"), 1, "camera-ocr: camera 0: no new frame for 5.0 s\n"),
        (KeyboardInterrupt(), 130, "camera-ocr: Stopped.\n"),
        (RuntimeError("odd"), 1, "camera-ocr: Unexpected error (RuntimeError: odd); details are in "),
    ],
)
def test_whatever_goes_wrong_ends_in_a_sentence_and_a_status(monkeypatch, capsys, error, status, said):
    def fail():
        raise error

    monkeypatch.setitem(cli.commands, "try", command_that(fail))
    assert main(["try"]) == status
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert "Traceback" not in captured.err


def test_without_a_command_the_window_is_opened(monkeypatch):
    seen = []
    monkeypatch.setitem(
        cli.commands,
        "window",
        click.Command("window", params=[click.Option(["--source"])], callback=seen.append),
    )
    monkeypatch.setattr(cli.commands["window"], "callback", lambda source: seen.append(source))
    assert main([]) == 0
    assert main(["--source", "demo"]) == 0
    assert main(["window", "--source", "0"]) == 0
    assert seen == [None, "demo", "0"]


def test_without_a_display_the_window_says_so_instead_of_aborting(monkeypatch, capsys):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main([]) == 1
    assert "no display" in capsys.readouterr().err


def test_a_display_that_does_not_answer_is_named_instead_of_aborting(monkeypatch, capsys):
    for name in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":4711")
    assert main([]) == 1
    assert "The display :4711 cannot be reached" in capsys.readouterr().err


def test_without_qt_the_window_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "PyQt5", None)
    assert main([]) == 1
    assert "install python3-pyqt5" in capsys.readouterr().err


def test_a_wrong_settings_file_is_wrong_usage(tmp_path, capsys):
    (tmp_path / "c.toml").write_text("[reader]\nspeed = 9\n")
    assert main(["--config", str(tmp_path / "c.toml")]) == 2
    assert "reader.speed is not a setting" in capsys.readouterr().err


def test_the_version_is_told_on_stdout(capsys):
    assert main(["--version"]) == 0
    assert __version__ in capsys.readouterr().out


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_names_every_command_and_every_command_has_its_own(capsys, option):
    assert main([option]) == 0
    told = capsys.readouterr().out
    for name in ("window", "read", "watch", "cameras", "models", "bench"):
        assert f"\n  {name} " in told
        assert main([name, option]) == 0
        assert f"Usage: camera-ocr {name} " in capsys.readouterr().out


def test_only_the_window_promises_the_demo_where_there_is_no_camera(capsys):
    assert main(["window", "--help"]) == 0
    assert "the demo if there is none" in " ".join(capsys.readouterr().out.split())
    assert main(["watch", "--help"]) == 0
    assert "the demo if there is none" not in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    "arguments", [["--log-level", "debug", "read", "x.png"], ["--layout", "line", "read", "x.png"]]
)
def test_options_before_the_command_are_told_their_place(capsys, arguments):
    assert main(arguments) == 2
    assert capsys.readouterr().err == "camera-ocr: Put options after the command: camera-ocr read …\n"


@pytest.fixture
def blank(tmp_path) -> Path:
    path = tmp_path / "blank.png"
    cv2.imwrite(str(path), np.full((40, 200), 255, np.uint8))
    return path


def python(*args: str, **options) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, *args], capture_output=True, text=True, timeout=120, check=False, **options
    )


def test_reading_files_works_where_there_is_no_qt(blank):
    """PyQt5 cannot be imported in this process, as on a server without it."""
    done = python(
        "-c",
        "import sys; sys.modules['PyQt5'] = None\n"
        "from camera_ocr.cli import main\n"
        f"sys.exit(main(['read', {str(blank)!r}]))",
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def shell(command: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        f"{sys.executable} -m camera_ocr {command}",
        shell=True,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_full_disk_behind_the_output_is_told_in_a_sentence(blank):
    done = shell(f"read --format json {blank} > /dev/full")
    assert done.returncode == 1
    assert done.stderr == ("camera-ocr: The standard output could not be written: No space left on device.\n")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ("read --format json {} <&-", 0, ""),
        ("read --format json {} >&-", 0, ""),
        ("read {}.png 2>&-", 1, ""),
        ("read - <&-", 1, "camera-ocr: There is nothing on standard input; "),
        ("read - < /dev/null", 1, "camera-ocr: There is nothing on standard input; "),
        ("read --help >&-", 0, ""),
    ],
)
def test_closed_streams_cause_no_traceback(blank, arguments, status, said):
    done = shell(arguments.format(blank))
    assert done.returncode == status, done.stderr
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == (1 if said else 0)


def test_a_reader_of_the_output_that_goes_away_causes_no_traceback(blank):
    """As in `camera-ocr read … | head -1`."""
    done = subprocess.run(
        f"{sys.executable} -m camera_ocr read --format json {blank} {blank} {blank} | true",
        shell=True,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "Broken" not in done.stderr
