"""What the window says about the state of things, in words."""

from camera_ocr.gui.engine_view import Phase, Reads
from camera_ocr.gui.i18n import tr
from camera_ocr.gui.session import Session


def state_word(session: Session) -> str:
    """For the corner of the picture."""
    if session.restored:
        return tr("From the history")
    match session.phase:
        case Phase.READING:
            return "Frozen – reading every line…"
        case Phase.FROZEN | Phase.LOST | Phase.FAILED:
            return str(session.phase.value)
        case Phase.STARTING:
            return "Opening…"
    if session.pages:
        return f"Picture {session.page_number} of {len(session.pages)}"
    if session.choice.is_picture:
        return "Picture"
    if session.choice.is_video:
        return "Playing" if session.phase is Phase.LIVE else "End"
    return "Live"


def panel_hint(session: Session) -> str:
    """In place of the list while there are no lines."""
    if session.phase is Phase.FAILED:
        return "Nothing to read."
    wanted = "writing was" if session.reads is Reads.TEXT else "digits were"
    nothing = f"No {wanted} found on this picture."
    if session.choice.is_picture:
        done = session.phase is Phase.ENDED
        return nothing if done else "Reading the picture…"
    if session.frozen:
        return nothing
    if session.reads is Reads.DIGITS:
        return "Hold numbers in front of the camera, such as a meter or a form; they appear here."
    return "Hold a page of handwriting in front of the camera; its lines appear here."


def fallback_sentence(session: Session) -> str:
    """Why the demo plays in place of a camera, and what to do."""
    if session.cameras:
        return f"{session.problem} A demonstration plays meanwhile."
    return "No camera is connected, so a demonstration plays: plug one in and it is used at once."
