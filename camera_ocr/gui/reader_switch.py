"""What is to be read, text or digits, and by which reader: the engine follows beside the window's thread."""

from collections.abc import Callable

from PyQt5.QtCore import QObject, pyqtSignal

from camera_ocr import engine as core
from camera_ocr.gui.engine_view import LiveEngine, Reads
from camera_ocr.gui.jobs import Jobs


class ReaderSwitch(QObject):
    """Has one engine read as is wanted; what is wanted meanwhile comes after that, and only the newest of it.

    `began`: the engine is being told to read otherwise. `done` carries its newest result from before, or
    None. `failed` carries why no such reader could be made; then what was read before is wanted again.
    """

    began = pyqtSignal()
    done = pyqtSignal(object)
    failed = pyqtSignal(object)

    def __init__(self, jobs: Jobs, make_pipeline: Callable[[Reads], core.Pipeline], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._make_pipeline = jobs, make_pipeline
        self.reads = Reads.TEXT
        """What is wanted."""
        self._used = self.reads
        """What the engine does read."""
        self._engine: LiveEngine | None = None
        self._asked = 0
        """Counts how often it was to read otherwise."""
        self._under_way = False

    def attach(self, engine: LiveEngine) -> None:
        """A new engine, which was made for what is wanted now."""
        self._engine, self._used = engine, self.reads

    def want(self, reads: Reads) -> None:
        """Read so from now on, with a reader that is made anew."""
        self.reads = reads
        self._asked += 1
        if not self._under_way:
            self._tell()

    def _tell(self) -> None:
        engine, reads, asked = self._engine, self.reads, self._asked
        if engine is None:
            return
        self._under_way = True
        self.began.emit()
        before = engine.latest()

        def done(_: None) -> None:
            self._under_way = False
            self._used = reads
            if asked == self._asked:
                self.done.emit(before)
            else:
                self._tell()

        def failed(error: Exception) -> None:
            self._under_way = False
            self.reads = self._used
            self.failed.emit(error)

        self._jobs.run(lambda: engine.use(lambda: self._make_pipeline(reads)), done, failed)
