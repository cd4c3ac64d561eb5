"""How the picture of each source is turned, and what of it is read: kept for cameras and streams."""

import json
from typing import Any

from PyQt5.QtCore import QObject

from camera_ocr.framing import PLAIN, Framing
from camera_ocr.gui.session import Session
from camera_ocr.gui.settings import Settings, text

FRAMINGS = text("source/framings", "{}")
"""A JSON object: by the source's name, turns, mirrored and regions."""
KEPT = 50
"""Sources that are remembered."""


class RememberedFramings(QObject):
    """Gives a session what was set in earlier runs, and keeps what is set in this one."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__(session)
        self._session, self._settings = session, settings
        self._kept = parse(settings.get(FRAMINGS))
        session.watched.opener.framings.update(self._kept)
        session.framing_changed.connect(self._keep)

    def _keep(self, source: str) -> None:
        if self._session.watched.fallback or not self._session.watched.choice.is_camera_or_stream:
            return
        # the one set last comes last, and stays longest
        self._kept.pop(source, None)
        framing = self._session.watched.opener.framings.get(source, PLAIN)
        if not framing.is_plain:
            self._kept[source] = framing
        newest = dict(list(self._kept.items())[-KEPT:])
        self._settings.set(FRAMINGS, form(newest))


def form(framings: dict[str, Framing]) -> str:
    """For the settings."""
    return json.dumps(
        {
            source: {"turns": one.turns, "mirrored": one.mirrored, "regions": one.regions}
            for source, one in framings.items()
        },
        ensure_ascii=False,
    )


def parse(kept: str) -> dict[str, Framing]:
    """From the settings; what a person spoilt by hand is left out."""
    try:
        entries = json.loads(kept)
    except ValueError:
        return {}
    found = {}
    for source, entry in entries.items() if isinstance(entries, dict) else ():
        framing = _framing(entry)
        if framing is not None:
            found[str(source)] = framing
    return found


def _framing(entry: Any) -> Framing | None:
    try:
        framing = Framing(int(entry["turns"]) % 4, bool(entry["mirrored"]))
        for left, top, right, bottom in entry["regions"]:
            framing = framing.with_region((float(left), float(top), float(right), float(bottom)))
    except (KeyError, TypeError, ValueError):
        return None
    return framing
