"""Files and pictures handed over by other programs."""

import numpy as np
import pytest
from PyQt5.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PyQt5.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QImage
from PyQt5.QtWidgets import QApplication

from camera_ocr.gui.qimage import from_qimage, to_qimage

CTRL = Qt.KeyboardModifier.ControlModifier
COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def files(*paths) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def picture() -> QImage:
    made = QImage(40, 30, QImage.Format.Format_ARGB32)
    made.fill(QColor(200, 100, 50))
    return made


def drop(window, mime: QMimeData) -> None:
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(9, 9), COPY, mime, LEFT, NONE))
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), COPY, mime, LEFT, NONE))


@pytest.fixture
def source_of(desk):
    """The source that the engine would open now."""

    def get():
        return desk.engine._wanted[0]()

    return get


def test_picture_on_the_clipboard_is_pasted_and_read(qtbot, desk, results, source_of):
    desk.begin(result=results.page())
    QGuiApplication.clipboard().setImage(picture())
    qtbot.keyClick(desk.window, Qt.Key.Key_V, CTRL)
    assert desk.window.source.text().strip().startswith("Pasted picture")
    source = source_of()
    assert source.stills
    frame = source.read()
    assert frame.image.shape == (30, 40, 3)
    assert frame.image[5, 5].tolist() == [50, 100, 200]
    assert source.read() is None


def test_pasted_picture_can_be_opened_again_and_turned(qtbot, desk, results, source_of, until):
    desk.begin(result=results.page())
    QGuiApplication.clipboard().setImage(picture())
    qtbot.keyClick(desk.window, Qt.Key.Key_V, CTRL)
    desk.window.session.open_again()
    assert source_of().read().image.shape == (30, 40, 3)
    assert desk.window.session.watched.choice.is_picture


def test_copied_file_is_opened_by_its_name(qtbot, desk, results, tmp_path):
    desk.begin(result=results.page())
    QGuiApplication.clipboard().setMimeData(files(tmp_path / "page.png"))
    qtbot.keyClick(desk.window, Qt.Key.Key_V, CTRL)
    desk.engine.open()
    assert desk.opened[-1] == str(tmp_path / "page.png")


def test_clipboard_without_a_picture_is_said_to_have_none(qtbot, desk, results):
    desk.begin(result=results.page())
    QGuiApplication.clipboard().setText("only words")
    qtbot.keyClick(desk.window, Qt.Key.Key_V, CTRL)
    assert "no picture on the clipboard" in desk.window.status.text
    assert desk.window.session.watched.choice.spec == "demo"


def test_several_pictures_dropped_are_turned_like_pages(qtbot, desk, results, tmp_path):
    desk.begin(result=results.page())
    drop(desk.window, files(tmp_path / "b.png", tmp_path / "notes.txt", tmp_path / "a.jpg"))
    desk.engine.open()
    assert len(desk.window.session.watched.pages) == 2
    qtbot.keyClick(desk.window, Qt.Key.Key_PageDown)
    desk.engine.open()
    assert desk.opened[1:] == [str(tmp_path / "b.png"), str(tmp_path / "a.jpg")]


def test_file_dropped_while_a_line_is_edited_is_opened_and_what_was_typed_stays_with_its_page(
    qtbot, desk, results, until, tmp_path
):
    first, second = str(tmp_path / "1.png"), str(tmp_path / "2.png")
    desk.begin(first, results.page())
    desk.end()
    qtbot.keyClicks(desk.open_editor(0), "typed")
    for path in (second, first):
        # as file managers hand it over; a text would be for the editor
        mime = files(path)
        mime.setText(path)
        drop(desk.window.panel.list.editor or desk.window, mime)
        desk.engine.open()
        assert desk.opened[-1] == path
        desk.show(results.page(["as read"]))
        desk.end()
        assert desk.rows()[0] == ("typed" if path == first else "as read")


def test_picture_dragged_from_a_browser_is_opened(desk, results, source_of):
    desk.begin(result=results.page())
    mime = QMimeData()
    mime.setImageData(picture())
    drop(desk.window, mime)
    assert source_of().read().image.shape == (30, 40, 3)


def test_place_to_drop_is_shown_while_something_is_dragged_over_the_window(desk, results):
    desk.begin(result=results.page())
    view = desk.window.view
    before = view.grab().toImage()
    mime = files("/somewhere/page.png")
    enter = QDragEnterEvent(QPoint(9, 9), COPY, mime, LEFT, NONE)
    QApplication.sendEvent(desk.window, enter)
    assert enter.isAccepted()
    assert view.grab().toImage() != before
    QApplication.sendEvent(desk.window, QDragLeaveEvent())
    assert view.grab().toImage() == before


def test_words_are_not_taken(desk, results):
    desk.begin(result=results.page())
    mime = QMimeData()
    mime.setText("words")
    enter = QDragEnterEvent(QPoint(9, 9), COPY, mime, LEFT, NONE)
    QApplication.sendEvent(desk.window, enter)
    assert not enter.isAccepted()


def test_pixels_survive_the_way_through_qt_and_back():
    image = np.random.default_rng(0).integers(0, 256, (7, 5, 3), np.uint8)
    assert (from_qimage(to_qimage(image)) == image).all()


def test_transparency_becomes_white_paper():
    clear = QImage(3, 2, QImage.Format.Format_ARGB32)
    clear.fill(QColor(0, 0, 0, 0))
    assert (from_qimage(clear) == 255).all()
