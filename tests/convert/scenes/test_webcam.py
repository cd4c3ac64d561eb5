import cv2
import numpy as np
import pytest

from camera_ocr.capture.scene import plane_to_frame
from convert.scenes.sheets import SheetLine
from convert.scenes.truth import clip, skew_deg, true_lines
from convert.scenes.webcam import Optics, Webcam

CLEAN = Optics((640, 480), bend=-0.1, vignette=0.0, noise=0.3, quality=95)


def box(x: float, y: float, w: float, h: float) -> np.ndarray:
    return np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]], np.float32)


def test_points_are_projected_to_where_the_camera_shows_them() -> None:
    places = np.array([[210, 160], [400, 300], [640, 200], [560, 420]], np.float32)
    scene = np.full((600, 900, 3), 90, np.uint8)
    for x, y in places.astype(int).tolist():
        cv2.circle(scene, (x, y), 5, (255, 255, 255), -1)
    webcam = Webcam(CLEAN)
    homography = plane_to_frame((430, 290), 1.0, (7.0, 12.0, -5.0), (640, 480), 1.1)
    image = webcam.see(scene, homography, np.random.default_rng(0))
    expected = webcam.project(places, homography)
    _, _, _, found = cv2.connectedComponentsWithStats((image[:, :, 1] > 190).astype(np.uint8))
    seen = found[1:]
    assert len(seen) == 4
    for place in expected:
        assert np.linalg.norm(seen - place, axis=1).min() < 1.0


def test_exposure_follows_the_light_of_the_scene() -> None:
    means = []
    for grey in (60, 160):
        webcam = Webcam(CLEAN)
        image = webcam.see(np.full((480, 640, 3), grey, np.uint8), np.eye(3), np.random.default_rng(0))
        means.append(float(image.mean()))
    assert means == pytest.approx([115, 115], abs=8)


def test_a_polygon_is_cut_at_the_frame() -> None:
    cut = clip(box(-50, 10, 100, 20), (640, 480))
    assert cv2.contourArea(cut) == pytest.approx(50 * 20)
    assert len(clip(box(-50, 10, 20, 20), (640, 480))) == 0


def test_what_is_cut_or_hidden_is_less_visible() -> None:
    webcam = Webcam(Optics((640, 480)))
    lines = [
        (i, SheetLine("x", place, place[[3, 2]]))
        for i, place in enumerate((box(100, 100, 200, 30), box(-100, 200, 200, 30), box(100, 300, 200, 30)))
    ]
    hidden = np.zeros((480, 640), np.uint8)
    hidden[:, 250:] = 255
    found = true_lines(
        [*lines, (3, SheetLine("away", box(900, 0, 50, 50), box(900, 0, 50, 50)))], webcam, np.eye(3)
    )
    assert [line.number for line in found] == [0, 1, 2]
    assert [line.visible for line in found] == pytest.approx([1, 0.5, 1], abs=0.01)
    assert [line.legible for line in found] == [True, False, True]
    behind = true_lines(lines, webcam, np.eye(3), hidden)
    assert behind[0].visible == pytest.approx(0.75, abs=0.02)
    assert skew_deg(found) == pytest.approx(0.0)


def test_skew_is_positive_when_lines_climb() -> None:
    place = np.array([[0, 100], [100, 80], [100, 110], [0, 130]], np.float32)
    found = true_lines([(0, SheetLine("x", place, place[[3, 2]]))], Webcam(Optics((640, 480))), np.eye(3))
    assert skew_deg(found) == pytest.approx(np.degrees(np.arctan2(20, 100)), abs=0.01)
