"""The mark of a word that the language does not have, on a real X server."""

import shutil

import numpy as np
import pytest

from camera_ocr.gui.theme import LIGHT
from tests.gui.test_on_screen import program, screen, wait
from tests.gui.test_on_screen_picture import act, demo

__all__ = ["act", "demo", "program", "screen"]

pytestmark = pytest.mark.skipif(
    shutil.which("Xvfb") is None or shutil.which("xdotool") is None, reason="Xvfb or xdotool is not installed"
)


def red(screen) -> int:
    """Pixels of the list of lines that are redder than anything there but a mark."""
    shot = screen.pixels()[:, 930:].astype(int)
    return int((shot[..., 0] - np.maximum(shot[..., 1], shot[..., 2]) > 82).sum())


def edited(screen, act) -> bool:
    """Whether the editor of the first line is open, which takes until the frozen picture has been read."""
    act("mousemove 1100 130 click 1 sleep 0.3 key F2 sleep 0.5")
    edge = [int(LIGHT.accent[i : i + 2], 16) for i in (1, 3, 5)]
    return int((screen.pixels()[90:560, 930:] == edge).all(axis=2).sum()) > 200


def test_word_is_marked_and_by_undo_marked_no_more(screen, demo, act):
    act("key space")
    wait(lambda: edited(screen, act), demo, "the editor of a line")
    act("key ctrl+a type --delay 60 hello")
    act("key Return")
    # unless something else on the page is unknown, and it stays so
    before = red(screen)
    act("sleep 0.5 key F2 sleep 0.5 key ctrl+a type --delay 60 handwritting")
    act("key Return")
    wait(lambda: red(screen) > before + 4, demo, "a marked word")
    act("key ctrl+z")
    wait(lambda: red(screen) <= before + 1, demo, "a known word again")
