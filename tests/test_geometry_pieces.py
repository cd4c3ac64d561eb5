import cv2
import numpy as np

from camera_ocr.geometry import connected_pieces


def test_pieces_are_measured_as_opencv_measures_them() -> None:
    rng = np.random.default_rng(3)
    for density in (0.0, 0.02, 0.3, 1.0):
        mask = (rng.random((60, 90)) < density).astype(np.uint8) * 255
        pieces = connected_pieces(mask)
        known, theirs, stats, centres = cv2.connectedComponentsWithStats(mask, connectivity=8)
        assert pieces.count == known
        assert len(pieces.y) == np.count_nonzero(mask)
        for piece in range(1, known):
            y, x = (place[pieces.label == piece] for place in (pieces.y, pieces.x))
            other = int(theirs[y[0], x[0]])
            assert (theirs[y, x] == other).all()
            assert (pieces.box[piece] == stats[other, :4]).all()
            assert pieces.area[piece] == len(y) == stats[other, cv2.CC_STAT_AREA]
            assert np.allclose(pieces.centre[piece], centres[other])


def test_some_pixels_tell_nearly_as_much_of_a_piece() -> None:
    mask = np.zeros((60, 90), np.uint8)
    cv2.circle(mask, (30, 25), 15, 255, -1)
    cv2.circle(mask, (70, 40), 12, 255, 3)
    whole, some = connected_pieces(mask), connected_pieces(mask, stride=2)
    assert some.count == whole.count == 3
    assert (np.abs(some.box - whole.box) <= 2).all()
    assert np.allclose(some.area, whole.area, rtol=0.1)
    assert np.allclose(some.centre, whole.centre, atol=0.5)
    assert (mask[some.y, some.x] == 255).all()
