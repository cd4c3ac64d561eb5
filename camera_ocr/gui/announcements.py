"""What the banner says: the one thing that is not as one would expect, and what can be done about it."""

from collections.abc import Callable

from PyQt5.QtCore import QObject

from camera_ocr.gui.banner import Action, Banner
from camera_ocr.gui.choice import DEMO
from camera_ocr.gui.engine_view import Phase
from camera_ocr.gui.i18n import speak, tr
from camera_ocr.gui.keeper import HistoryKeeper
from camera_ocr.gui.line_keeper import LineKeeper
from camera_ocr.gui.messages import fallback_sentence
from camera_ocr.gui.session import Session
from camera_ocr.gui.settings import Settings


class Announcements(QObject):
    """Keeps `banner` up to date with session, history, settings and corrected lines."""

    def __init__(
        self,
        banner: Banner,
        session: Session,
        keeper: HistoryKeeper,
        settings: Settings,
        lines: LineKeeper,
        open_picture: Callable[[], None],
        open_settings: Callable[[], None],
    ) -> None:
        super().__init__(banner)
        self._banner, self._session, self._keeper, self._settings = banner, session, keeper, settings
        self._lines = lines
        self._open_picture, self._open_settings = open_picture, open_settings
        for told in (session.changed, keeper.told, settings.told, lines.told):
            told.connect(self._say)
        speak(banner, self._say)

    def _say(self) -> None:
        """What is worst comes first."""
        session, keeper, lines, say = self._session, self._keeper, self._lines, self._banner.say
        again: Action = (tr("Try again"), session.open_again)
        demo: Action = (tr("Play the demonstration"), lambda: session.open(DEMO))
        picture: Action = (tr("Open picture…"), self._open_picture)
        match session.phase:
            case Phase.FAILED:
                say(session.problem, [again, demo], broken=True)
            case Phase.LOST:
                say(session.problem, [demo], broken=True)
            case Phase.ENDED if session.watched.choice.is_video:
                say(tr("This is the end of the recording."), [(tr("Play again"), session.open_again)])
            case _ if keeper.problem:
                say(keeper.problem, broken=True)
            case _ if keeper.recovered is not None:
                say(
                    tr("Camera OCR did not end properly; the page you worked on was kept."),
                    [(tr("Show it"), self._restore), (tr("Not now"), keeper.dismiss)],
                )
            case _ if keeper.notice:
                say(keeper.notice, [(tr("OK"), self._notice_read)], broken=True)
            case _ if self._settings.message:
                say(self._settings.message, [(tr("OK"), self._settings.dismiss)], broken=True)
            case _ if lines.problem:
                say(lines.problem, [(tr("OK"), lines.dismiss)], broken=True)
            case _ if session.reader_problem:
                say(session.reader_problem, [(tr("Settings"), self._open_settings)], broken=True)
            case _ if lines.waiting:
                say(
                    tr(
                        "You corrected lines. Keep their ink and text, on this computer only, so that you can"
                        " train the reader on your own hand?"
                    ),
                    [
                        (tr("Keep them"), lines.keep),
                        (tr("Not now"), lines.put_off),
                        (tr("Never"), lines.never),
                    ],
                )
            case _ if session.watched.fallback:
                say(fallback_sentence(session), [again, picture] if session.cameras.known else [picture])
            case _:
                say(session.problem, broken=True)

    def _restore(self) -> None:
        if self._keeper.recovered is not None:
            self._keeper.restore(self._keeper.recovered)

    def _notice_read(self) -> None:
        self._keeper.notice = ""
        self._say()
