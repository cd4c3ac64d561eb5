"""Settings that are kept from one run to the next."""

import os
import resource
from enum import Enum
from pathlib import Path

import pytest

from camera_ocr.gui import settings as kept
from camera_ocr.gui.settings import Settings


class Colour(Enum):
    RED = "as seen"
    BLUE = "in the window"


COLOUR = kept.member("view/colour", Colour.RED)
SIZE = kept.number("view/size", 10, 8, 24)
ON = kept.flag("history/on", True)
SOURCE = kept.text("source/spec")
MODE = kept.one_of("view/mode", "system", ("system", "light", "dark"))
STATE = kept.state("window/state")
ALL = {
    COLOUR: Colour.BLUE,
    SIZE: 14,
    ON: False,
    SOURCE: 'rtsp://user:pa,ss="ß"@host/a;b',
    MODE: "dark",
    STATE: b"\x00\x01\xff, @",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "camera-ocr" / "window.ini"


def test_every_kind_of_value_comes_back_in_the_next_run(path):
    first = Settings(path)
    assert {setting: first.get(setting) for setting in ALL} == {s: s.default for s in ALL}
    for setting, value in ALL.items():
        first.set(setting, value)
    assert {setting: first.get(setting) for setting in ALL} == ALL
    second = Settings(path)
    assert {setting: second.get(setting) for setting in ALL} == ALL
    assert not second.problem
    assert not second.notice
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_change_is_told_once(path, qtbot):
    settings = Settings(path)
    told = []
    settings.changed.connect(told.append)
    settings.set(SIZE, 14)
    settings.set(SIZE, 14)
    assert told == ["view/size"]


def test_a_value_that_is_none_reads_as_the_default(path):
    path.parent.mkdir()
    path.write_text(
        "[view]\ncolour=GREEN\nsize=9999\nmode=a, b\n[history]\non=perhaps\n[window]\nstate=xyz\n"
    )
    settings = Settings(path)
    assert [settings.get(s) for s in (COLOUR, SIZE, MODE, ON, STATE)] == [Colour.RED, 10, "system", True, b""]
    settings.set(SIZE, 12)
    assert "on=perhaps" in path.read_text()


@pytest.mark.parametrize(
    "content",
    [os.urandom(3000), b"\0" * 400, b"[view]\nsize=14\n[his", b'{"size": 14}', b"[view]\nsize\n"],
    ids=["noise", "zeros", "cut off", "json", "no value"],
)
def test_damaged_settings_are_set_aside_and_the_defaults_hold(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    settings = Settings(path)
    assert settings.get(SIZE) == 10
    (aside,) = path.parent.glob("window damaged*.ini")
    assert aside.read_bytes() == content
    assert str(aside) in settings.notice
    settings.set(SIZE, 12)
    assert Settings(path).get(SIZE) == 12


def test_damaged_settings_that_cannot_be_set_aside_are_not_written_over(path, monkeypatch):
    path.parent.mkdir()
    path.write_bytes(b"\0" * 400)

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    settings = Settings(path)
    settings.set(SIZE, 12)
    assert settings.get(SIZE) == 12
    assert "Permission denied" in settings.problem
    assert path.read_bytes() == b"\0" * 400


def test_where_nothing_can_be_written_settings_hold_for_this_run(tmp_path, qtbot):
    """A file where the folder should be: nobody can write there, not even root."""
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    settings = Settings(blocked / "window.ini")
    with qtbot.waitSignal(settings.told):
        settings.set(SIZE, 12)
    assert settings.get(SIZE) == 12
    assert str(blocked) in settings.problem


def test_a_full_disk_costs_no_setting(path):
    Settings(path).set(SIZE, 14)
    settings = Settings(path)
    before = path.read_bytes()
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limit[1]))  # no file may grow
    try:
        settings.set(SIZE, 12)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert path.read_bytes() == before
    assert settings.get(SIZE) == 12
    assert "cannot be kept" in settings.problem
    settings.set(ON, False)
    assert not settings.problem
    assert [Settings(path).get(s) for s in (SIZE, ON)] == [12, False]
