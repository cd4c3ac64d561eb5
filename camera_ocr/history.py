"""Pages that were held, kept on disk with their pictures: found again, searched, and safe from a crash.

One SQLite file. Each call is a transaction that is on the disk when it returns, so a killed process or a
power cut loses nothing that was saved before.
"""

import json
import math
import os
import sqlite3
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from platformdirs import user_data_path

from camera_ocr.editing import EditedPage
from camera_ocr.errors import HistoryDamaged, HistoryError
from camera_ocr.export.json import line_as_dict
from camera_ocr.types import F32, U8, Curve, Frame, FusedLine, JsonDict, Word

THUMBNAIL_WIDTH = 192
"""px."""
JPEG_QUALITY = 92
_VERSION = 1
_SCHEMA = """
CREATE TABLE pages (
  id INTEGER PRIMARY KEY, held_s REAL NOT NULL, source TEXT NOT NULL, count INTEGER NOT NULL,
  edited INTEGER NOT NULL, text TEXT NOT NULL, folded TEXT NOT NULL, lines TEXT NOT NULL
);
CREATE TABLE pictures (page_id INTEGER PRIMARY KEY, picture BLOB NOT NULL, thumbnail BLOB NOT NULL);
CREATE TABLE open_pages (process INTEGER PRIMARY KEY, page_id INTEGER NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list of pages shows of one."""

    id: int
    held_s: float
    """When it was held, seconds since 1970."""
    source: str
    count: int
    """Lines on it."""
    edited: bool
    text: str


class History:
    """The pages in one file, which is made when it is missing. For one thread at a time.

    Every method raises HistoryError with a sentence when the file cannot be read or written, and
    HistoryDamaged when it is no such file (any more).
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self.path = path
        self._clock = clock
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HistoryError(f"The history cannot be kept in {path.parent}: {error.strerror}.") from None
        with self._told("opened"):
            # used from one thread after the other; who uses it sees to that
            self._db = sqlite3.connect(path, timeout=5, check_same_thread=False)
        try:
            with self._told("opened"), self._db:
                self._prepare()
        except BaseException:
            self._db.close()
            raise

    def _prepare(self) -> None:
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if not version:
            self._db.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")
        elif version > _VERSION:
            raise HistoryError(f"The history {self.path} was written by a newer version of Camera OCR.")
        # a damaged file shows itself when it is read
        self._db.execute("SELECT count(*) FROM pages").fetchone()
        os.chmod(self.path, 0o600)

    def add(self, image: U8, page: EditedPage, source: str) -> int:
        """Keep a page with its picture, (H, W, 3) BGR; returns its id."""
        picture, thumbnail = _encoded(image), _encoded(_small(image))
        with self._told("written"), self._db:
            row = self._db.execute(
                "INSERT INTO pages (held_s, source, count, edited, text, folded, lines)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (self._clock(), source, *_columns(page)),
            )
            page_id = int(row.lastrowid or 0)
            self._db.execute("INSERT INTO pictures VALUES (?, ?, ?)", (page_id, picture, thumbnail))
        return page_id

    def update(self, page_id: int, page: EditedPage, image: U8 | None = None) -> None:
        """The page as it is now, and its picture if that is another; nothing happens when it was removed
        meanwhile."""
        pictures = (_encoded(image), _encoded(_small(image))) if image is not None else None
        with self._told("written"), self._db:
            self._db.execute(
                "UPDATE pages SET count = ?, edited = ?, text = ?, folded = ?, lines = ? WHERE id = ?",
                (*_columns(page), page_id),
            )
            if pictures is not None:
                self._db.execute(
                    "UPDATE pictures SET picture = ?, thumbnail = ? WHERE page_id = ?", (*pictures, page_id)
                )

    def entries(self, query: str = "") -> list[Entry]:
        """The pages, newest first, whose text has every word of `query`, whatever its case and accents."""
        words = folded(query).split()
        where = " AND ".join(["instr(folded, ?) > 0"] * len(words)) or "1"
        with self._told("read"):
            rows = self._db.execute(
                f"SELECT id, held_s, source, count, edited, text FROM pages WHERE {where}"
                " ORDER BY held_s DESC, id DESC",
                words,
            ).fetchall()
        return [Entry(i, held, source, n, bool(edited), text) for i, held, source, n, edited, text in rows]

    def thumbnail(self, page_id: int) -> bytes | None:
        """A small JPEG of the page; None when it was removed."""
        with self._told("read"):
            row = self._db.execute("SELECT thumbnail FROM pictures WHERE page_id = ?", (page_id,)).fetchone()
        return bytes(row[0]) if row else None

    def load(self, page_id: int) -> tuple[Frame, EditedPage]:
        """The picture and the lines on it. Raises HistoryError too when the page was removed."""
        with self._told("read"):
            row = self._db.execute(
                "SELECT held_s, source, lines, picture FROM pages JOIN pictures ON page_id = id WHERE id = ?",
                (page_id,),
            ).fetchone()
        if row is None:
            raise HistoryError("This page is not in the history any more.")
        held_s, source, lines, picture = row
        image = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)
        if image is None:
            raise HistoryError("The picture of this page is damaged.")
        try:
            page = _page_from(json.loads(lines))
        except (KeyError, TypeError, ValueError) as error:
            raise HistoryError(f"The lines of this page are damaged ({error}).") from error
        return Frame(np.ascontiguousarray(image, np.uint8), 0, int(held_s * 1e9), source), page

    def remove(self, page_id: int) -> None:
        with self._told("written"), self._db:
            self._db.execute("DELETE FROM pages WHERE id = ?", (page_id,))
            self._db.execute("DELETE FROM pictures WHERE page_id = ?", (page_id,))

    def trim(self, max_bytes: int, max_days: int = 0) -> int:
        """Forget the oldest pages until the pictures of the rest take no more than that, and what is older
        than so many days, if any; returns how many. The newest page and those that are open stay."""
        with self._told("written"), self._db:
            rows = self._db.execute(
                "SELECT id, held_s, length(picture) + length(thumbnail),"
                " id IN (SELECT page_id FROM open_pages) FROM pages"
                " JOIN pictures ON page_id = id ORDER BY held_s DESC, id DESC"
            ).fetchall()
            taken, old = 0, []
            oldest_s = self._clock() - max_days * 86_400 if max_days else -math.inf
            for rank, (page_id, held_s, size, is_open) in enumerate(rows):
                taken += size
                if rank and not is_open and (taken > max_bytes or held_s < oldest_s):
                    old.append((page_id,))
            self._db.executemany("DELETE FROM pages WHERE id = ?", old)
            self._db.executemany("DELETE FROM pictures WHERE page_id = ?", old)
        return len(old)

    def clear(self) -> None:
        """Forget every page, and give the disk its room back."""
        with self._told("written"):
            with self._db:
                for table in ("pages", "pictures", "open_pages"):
                    self._db.execute(f"DELETE FROM {table}")
            self._db.execute("VACUUM")

    def mark_open(self, page_id: int | None) -> None:
        """This process works on that page, or on none: `left_open` finds it after a crash."""
        with self._told("written"), self._db:
            self._db.execute("DELETE FROM open_pages WHERE process = ?", (os.getpid(),))
            if page_id is not None:
                self._db.execute("INSERT INTO open_pages VALUES (?, ?)", (os.getpid(), page_id))

    def left_open(self) -> int | None:
        """The newest page that a process worked on when it ended without saying so; told once.

        To be asked before this process marks a page of its own.
        """
        with self._told("read"), self._db:
            rows = self._db.execute(
                "SELECT process, page_id FROM open_pages JOIN pages ON id = page_id ORDER BY held_s"
            ).fetchall()
            # a number that is ours now was another process' before
            gone = [(one, page_id) for one, page_id in rows if one == os.getpid() or not _is_alive(one)]
            for one, _ in gone:
                self._db.execute("DELETE FROM open_pages WHERE process = ?", (one,))
        return int(gone[-1][1]) if gone else None

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        """Errors of SQLite as sentences."""
        try:
            yield
        except sqlite3.OperationalError as error:
            reason = "the disk is full" if "full" in str(error) else str(error)
            raise HistoryError(f"The history {self.path} could not be {what}: {reason}.") from error
        except sqlite3.DatabaseError as error:
            raise HistoryDamaged(f"The history {self.path} is damaged ({error}).") from error
        except OSError as error:
            raise HistoryError(f"The history {self.path} could not be {what}: {error.strerror}.") from error


def default_history_path() -> Path:
    return user_data_path("camera-ocr") / "history.sqlite"


def open_history(path: Path, clock: Callable[[], float] = time.time) -> tuple[History, str]:
    """The history, and a sentence for the user when a damaged one had to be set aside for it, else empty."""
    try:
        return History(path, clock), ""
    except HistoryDamaged:
        stamp = time.strftime("%Y-%m-%d %H.%M.%S")
        aside = path.with_name(f"{path.stem} damaged {stamp}{path.suffix}")
        try:
            os.replace(path, aside)
        except OSError as error:
            raise HistoryError(f"The damaged history {path} cannot be set aside: {error.strerror}.") from None
        # what belongs to the damaged file would be taken for the new one's
        path.with_name(path.name + "-journal").unlink(missing_ok=True)
        said = f"The history was damaged; it is set aside as {aside}, and a new one is begun."
        return History(path, clock), said


def folded(text: str) -> str:
    """`text` for comparing: small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))


def _columns(page: EditedPage) -> tuple[int, bool, str, str, str]:
    lines = [line for line in page.lines if line.text]
    text = "\n".join(line.text for line in lines)
    return len(lines), bool(page.by_hand or page.removed), text, folded(text), json.dumps(_page_dict(page))


def _page_dict(page: EditedPage) -> JsonDict:
    return {
        "lines": [
            {
                **line_as_dict(line),
                "curve": _curve_dict(line.curve),
                "id": line.track_id,
                "votes": line.votes,
                "stable": line.stable,
            }
            for line in page.lines
        ],
        "by_hand": sorted(page.by_hand),
        "removed": sorted(page.removed),
    }


def _page_from(values: JsonDict) -> EditedPage:
    lines = tuple(
        FusedLine(
            track_id=int(line["id"]),
            quad=_quad(line["quad"]),
            text=str(line["text"]),
            confidence=float(line["confidence"]),
            votes=int(line["votes"]),
            stable=bool(line["stable"]),
            words=tuple(
                Word(str(word["text"]), _quad(word["quad"]), float(word["confidence"]))
                for word in line["words"]
            ),
            curve=_curve_from(line.get("curve")),
        )
        for line in values["lines"]
    )
    return EditedPage(lines, frozenset(values["by_hand"]), frozenset(values["removed"]))


def _quad(points: Any) -> F32:
    return np.array(points, np.float32).reshape(4, 2)


def _curve_dict(curve: Curve | None) -> JsonDict | None:
    if curve is None:
        return None
    return {"middle": [round(float(y), 3) for y in curve.middle], "height": round(curve.height, 3)}


def _curve_from(values: JsonDict | None) -> Curve | None:
    """None also for lines kept before there were curves."""
    if values is None:
        return None
    return Curve(np.array(values["middle"], np.float32), float(values["height"]))


def _small(image: U8) -> U8:
    height, width = image.shape[:2]
    size = THUMBNAIL_WIDTH, max(1, round(height * THUMBNAIL_WIDTH / width))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def _encoded(image: U8) -> bytes:
    done, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    if not done:
        raise HistoryError("The picture cannot be kept in the history.")
    return bytes(data)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
