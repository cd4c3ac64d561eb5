import json
import shutil
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest

from camera_ocr.capture.demo import PAGE
from camera_ocr.capture.files import read_image
from camera_ocr.detection.lines import find_lines
from camera_ocr.detection.text_map import TextDetector, TextMap
from camera_ocr.errors import ModelError
from camera_ocr.geometry import transform_points
from camera_ocr.preprocess.illumination import even_light
from camera_ocr.preprocess.page import make_page
from camera_ocr.recognition.card import card_path, default_model


@pytest.fixture(scope="module")
def detector() -> TextDetector:
    return TextDetector()


def test_every_scanned_line_is_found(detector, scanned_lines, iou) -> None:
    found = [region.quad for region in find_lines(make_page(scanned_lines.image, detector))]
    for polygon in scanned_lines.polygons:
        assert max(iou(quad, polygon) for quad in found) > 0.5
    # the cut-off line at the bottom may be found too, nothing else
    assert len(found) <= len(scanned_lines.polygons) + 1


def test_every_line_of_the_demo_page_is_found(detector) -> None:
    truth = PAGE.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert len(find_lines(make_page(read_image(PAGE), detector))) == len(truth)


def test_ink_on_a_page_stays_and_a_keyboard_beside_it_is_turned_away(detector, draw_sheet) -> None:
    sheet = draw_sheet([3, 3, 3])
    picture = np.full((720, 1280, 3), 150, np.uint8)
    picture[60:660, 40:940] = sheet.image[:600, :900]
    for row in range(8):
        for column in range(5):
            x, y = 970 + 60 * column, 100 + 60 * row
            cv2.rectangle(picture, (x, y), (x + 48, y + 48), (45, 45, 45), -1)
            cv2.putText(picture, chr(65 + row * 3 + column), (x + 14, y + 30), 0, 0.6, (220,) * 3, 1)
    found = [region.quad for region in find_lines(make_page(picture, detector))]
    assert len(found) == 3
    assert max(quad[:, 0].max() for quad in found) < 960


def test_the_map_lies_where_the_ink_is_on_pictures_of_any_size(detector, draw_sheet) -> None:
    sheet = draw_sheet([3, 3, 3])
    for scale in (0.6, 1.0, 1.7):
        image = cv2.resize(sheet.image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        even = even_light(np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8))
        seen = detector.look(even)
        y, x = np.nonzero(seen.writing())
        middles = transform_points(np.stack([x, y], axis=1).astype(np.float32), seen.to_page)
        for line in sheet.lines:
            (left, top), (right, bottom) = line.min(axis=0) * scale, line.max(axis=0) * scale
            inside = (middles[:, 1] > top) & (middles[:, 1] < bottom)
            reach = middles[inside & (middles[:, 0] > left) & (middles[:, 0] < right), 0]
            assert np.ptp(reach) > 0.8 * (right - left)


@pytest.mark.parametrize("height", [30, 60, 180, 320])
def test_a_word_is_found_whether_small_or_filling_the_view(detector, words, height: int) -> None:
    image = np.full((720, 1280, 3), 225, np.uint8)
    points = [stroke * height / 160 for stroke in words[0]]
    corner = np.min([p.min(axis=0) for p in points], axis=0)
    for p in points:
        place = np.round(p - corner + (80, 150)).astype(np.int32)
        cv2.polylines(image, [place], False, (60, 40, 40), max(1, height // 16), cv2.LINE_AA)
    found = [region.quad for region in find_lines(make_page(image, detector))]
    ink = np.concatenate(points) - corner + (80, 150)
    assert found
    assert min(q[:, 0].min() for q in found) < ink[:, 0].min() + 0.2 * height
    assert max(q[:, 0].max() for q in found) > ink[:, 0].max() - 0.2 * height


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (900, 1), (33, 641), (3000, 200)])
def test_pictures_of_odd_shapes_are_looked_at(detector, shape: tuple[int, int]) -> None:
    seen = detector.look(np.full(shape, 250, np.uint8))
    assert not seen.writing().any()
    assert not make_page(np.full((*shape, 3), 250, np.uint8), detector).ink.any()


def test_threads_may_share_a_detector(detector, draw_sheet) -> None:
    pictures = [even_light(draw_sheet([2] * n).image[:, :, 0]) for n in (1, 2, 3, 4)] * 3
    alone = [detector.look(picture).text for picture in pictures]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda picture: detector.look(picture).text, pictures))
    for one, other in zip(alone, together, strict=True):
        assert np.array_equal(one, other)


def test_an_altered_or_missing_detector_is_named(tmp_path) -> None:
    model = tmp_path / "text_detector.tflite"
    with pytest.raises(ModelError, match=r"text_detector\.tflite: no such file"):
        TextDetector(model)
    shutil.copy(default_model("text_detector"), model)
    shutil.copy(card_path(default_model("text_detector")), card_path(model))
    content = bytearray(model.read_bytes())
    content[len(content) // 2] ^= 1
    model.write_bytes(content)
    with pytest.raises(ModelError, match=r"text_detector\.tflite: .*sha256"):
        TextDetector(model)


def test_a_model_for_another_task_is_refused(tmp_path) -> None:
    with pytest.raises(ModelError, match="'line', not for finding text"):
        TextDetector(default_model())
    model = tmp_path / "digit.tflite"
    shutil.copy(default_model("digit_reader"), model)
    card = json.loads(card_path(default_model("digit_reader")).read_text())
    card_path(model).write_text(json.dumps(card | {"task": "text"}))
    with pytest.raises(ModelError, match="digit"):
        TextDetector(model)


def test_a_price_beside_sure_writing_is_believed_and_the_picture_s_edge_is_not() -> None:
    def writing(*parts: tuple[int, int, int, float]) -> list[bool]:
        """Whether parts, (row, first column, last column, logit), are taken for writing."""
        text = np.full((40, 60), -5.0, np.float32)
        for row, left, right, logit in parts:
            text[row : row + 2, left:right] = logit
        seen = TextMap(text, np.eye(3)).writing()
        return [bool(seen[row, left]) for row, left, _, _ in parts]

    line, price, at_the_edge, faint = (10, 5, 30, 7.0), (10, 50, 54, 4.0), (38, 20, 40, 4.0), (20, 5, 9, 2.0)
    assert writing(line, price, at_the_edge, faint) == [True, True, False, False]
    assert writing(price) == [False]
    # one spot of the desk that looks like writing is no reason to believe in others
    assert writing((10, 5, 8, 7.0), price) == [True, False]
