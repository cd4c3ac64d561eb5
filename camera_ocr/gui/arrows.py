"""The arrow keys as ways to go."""

from PyQt5.QtCore import Qt

_WAYS = {
    int(Qt.Key.Key_Left): (-1, 0),
    int(Qt.Key.Key_Right): (1, 0),
    int(Qt.Key.Key_Up): (0, -1),
    int(Qt.Key.Key_Down): (0, 1),
}


def way_of(key: int) -> tuple[int, int] | None:
    """One step across and down for an arrow key, None for any other."""
    return _WAYS.get(key)
