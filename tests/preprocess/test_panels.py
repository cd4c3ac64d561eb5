import cv2
import numpy as np

from camera_ocr.detection.lines import find_lines
from camera_ocr.detection.text_map import TextDetector
from camera_ocr.geometry import to_gray
from camera_ocr.preprocess.page import make_page
from camera_ocr.preprocess.panels import turn_panels


def test_light_writing_on_a_dark_bar_is_found_beside_dark_writing(draw_sheet, iou) -> None:
    sheet = draw_sheet([3, 3, 3])
    image = sheet.image.copy()
    (left, top), (right, bottom) = sheet.lines[1].min(axis=0), sheet.lines[1].max(axis=0)
    room = 0.25 * (bottom - top)
    bar = (
        slice(int(top - room), int(bottom + room)),
        slice(max(4, int(left - 2 * room)), int(right + 2 * room)),
    )
    image[bar] = 255 - image[bar]
    found = [region.quad for region in find_lines(make_page(image, TextDetector()))]
    for quad in sheet.lines:
        assert max(iou(one, quad) for one in found) > 0.5
    assert len(found) == 3


def test_what_is_no_panel_stays_as_it_is(draw_sheet) -> None:
    gray = to_gray(draw_sheet([3, 3, 3]).image)
    assert turn_panels(gray) is gray
    desk = np.full((gray.shape[0] + 200, gray.shape[1] + 200), 60, np.uint8)
    desk[100:-100, 100:-100] = gray
    assert turn_panels(desk) is desk
    # a photograph in the text has no writing on it, and a frame is mostly paper
    for thick in (cv2.FILLED, 6):
        drawn = gray.copy()
        cv2.rectangle(drawn, (60, 60), (360, 200), 40, thick)
        assert turn_panels(drawn) is drawn
