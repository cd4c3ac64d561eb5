"""What the window says about the state of things, in words."""

import math

from camera_ocr.gui.engine_view import Phase, Reads
from camera_ocr.gui.i18n import tr
from camera_ocr.gui.session import Session


def state_word(session: Session) -> str:
    """For the corner of the picture."""
    if session.standing.restored:
        return tr("From the history")
    match session.phase:
        case Phase.READING:
            return tr("Frozen – reading every line…")
        case Phase.FROZEN | Phase.LOST | Phase.FAILED:
            return tr(session.phase.value)
        case Phase.STARTING:
            return tr("Opening…")
    watched = session.watched
    if watched.pages:
        return tr("Picture {number} of {count}", number=watched.page_number, count=len(watched.pages))
    if watched.choice.is_picture:
        return tr("Picture")
    if watched.choice.is_video:
        return tr("Playing") if session.phase is Phase.LIVE else tr("End")
    return tr("Live")


def panel_hint(session: Session) -> str:
    """In place of the list while there are no lines."""
    if session.phase is Phase.FAILED:
        return tr("Nothing to read.")
    nothing = (
        tr("No writing was found on this picture.")
        if session.reads is Reads.TEXT
        else tr("No digits were found on this picture.")
    )
    if session.watched.choice.is_picture:
        done = session.phase is Phase.ENDED
        return nothing if done else tr("Reading the picture…")
    if session.frozen:
        return nothing
    if session.reads is Reads.DIGITS:
        return tr("Hold numbers in front of the camera, such as a meter or a form; they appear here.")
    return tr("Hold a page of handwriting in front of the camera; its lines appear here.")


def fallback_sentence(session: Session) -> str:
    """Why the demo plays in place of a camera, and what to do."""
    if session.cameras.known:
        return tr("{problem} A demonstration plays meanwhile.", problem=session.problem)
    return tr("No camera is connected, so a demonstration plays: plug one in and it is used at once.")


def figures(session: Session) -> str:
    """For the status line: frames a second, age of the picture, runtime, model; known ones only."""
    parts: list[str] = []
    stats = session.stats
    if stats is not None:
        parts.append(tr("{count} fps", count=f"{stats.shown_fps:.0f}"))
        if math.isfinite(stats.latency_ms_median):
            parts.append(f"{stats.latency_ms_median:.0f} ms")
    reader = session.reader_info
    return "   ·   ".join([*parts, *filter(None, [reader.runtime, *reader.models])])
