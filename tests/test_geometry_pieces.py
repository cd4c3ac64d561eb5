import cv2
import numpy as np

from camera_ocr.geometry import connected_pieces


def test_pieces_are_measured_as_opencv_measures_them() -> None:
    rng = np.random.default_rng(3)
    for density in (0.0, 0.02, 0.3, 1.0):
        mask = (rng.random((60, 90)) < density).astype(np.uint8) * 255
        count, labels, stats, centres = connected_pieces(mask)
        known, theirs, their_stats, their_centres = cv2.connectedComponentsWithStats(mask, connectivity=8)
        assert count == known
        assert stats[0, cv2.CC_STAT_AREA] == their_stats[0, cv2.CC_STAT_AREA]
        for piece in range(1, count):
            other = int(theirs[labels == piece][0])
            assert ((labels == piece) == (theirs == other)).all()
            assert (stats[piece] == their_stats[other]).all()
            assert np.allclose(centres[piece], their_centres[other])
